import { html } from 'hono/html';

/** A page without script or style, for what must be said before or without the studio's window. */
const plainPage = (title: string, text: string, head: ReturnType<typeof html> | string = ''): string =>
  String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <title>${title}</title>
          ${head}
        </head>
        <body>
          <h1>${title}</h1>
          <p>${text}</p>
        </body>
      </html>`,
  );

/** For a browser without the cookie. */
export const deniedPage = plainPage(
  'Comask Studio',
  'The studio opens by the link that `comask serve` has printed. A link works once: for another browser, or after the cookies were deleted, start `comask serve` again.',
);

/** After a one-time link. */
export const enterPage = plainPage(
  'Comask Studio',
  'Opening the studio ...',
  html`<meta http-equiv="refresh" content="0;url=/" />`,
);

/** Where the window's own page was not built. */
export const noWindowPage = plainPage(
  'Comask Studio',
  "The engine runs, but the studio's window is not built in this copy. Its answers are under /api (docs/api.md); the comask command does everything that it does.",
);
