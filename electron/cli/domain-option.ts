import { Option, type Command } from 'commander';
import { domains, type Domain } from '../../shared/types.js';

/** Domains as typed on a command line. */
const typed = ['target', 'single', 'single-label', 'web'];

export interface DomainOption {
  domain: string;
}

/** A typed domain; `single` is short for `single-label`, and `all` is null. */
export function domainOf(text: string): Domain | null {
  return domains.find((domain) => domain === (text === 'single' ? 'single-label' : text)) ?? null;
}

/** --domain of a command that takes in photos: the target where a project may begin with them, else to be named. */
export function sourceDomain({ mandatory }: { mandatory: boolean }): Option {
  const option = new Option('--domain <domain>', 'where the photos come from').choices(typed);
  return mandatory ? option.makeOptionMandatory() : option.default('target');
}

/** Adds --domain to a command that works on photos of the project: those of the target unless said otherwise. */
export function addDomainOption(command: Command): Command {
  return command.addOption(
    new Option('--domain <domain>', 'only photos of this domain').choices([...typed, 'all']).default('target'),
  );
}
