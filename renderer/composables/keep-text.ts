/** Whether the page is in the desktop app, which denies downloads. */
export const inDesktop = (): boolean => 'comask' in window;

/** Lets the browser save a text as a file. */
export function saveText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/**
 * Puts a text into the clipboard while a click is handled. The way that needs no permission, for the desktop app gives
 * none. Returns whether it went well.
 */
export function copyText(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } finally {
    area.remove();
  }
}
