import { optionNames, options } from '../../packages/server/src/config/options.ts';

export const optionsTemplatePath = 'deploy/dataans-server.env';

const widthMax = 100;

const head = `# Settings of dataans-server, as systemd (EnvironmentFile=) and Docker (--env-file) read them.
# All of them are here. Take the # away in front of those that you set. No quotation marks around a value.
# What each one does: docs/operating.md and docs/auth.md. What is active: dataans-server config
`;

/** Every option of the server, with what it does and, if it has one, its default. */
export function optionsTemplate(): string {
  return (
    head +
    optionNames.map((name) => `\n${describe(options[name].help)}#${name}=${defaultOf(name)}\n`).join('')
  );
}

function describe(help: string): string {
  const lines: string[] = [];
  let line = '#';
  for (const word of help.split(' ')) {
    if (line.length + word.length >= widthMax) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line].map((text) => `${text}\n`).join('');
}

/** As its help says it, if it is a value. */
function defaultOf(name: keyof typeof options): string {
  const said = /(?:^|[;:,] )(\S+) unless set/.exec(options[name].help)?.[1] ?? '';
  return said !== '' && options[name].parse(said).ok && said !== 'none' ? said : '';
}
