import type { Command, Word } from "../../operator/command.ts";
import { COMMANDS } from "../../operator/commands.ts";

/**
 * `docs/COMMANDS.md`, made from what the help is made from. After a change of a command:
 * `npx vitest run test/operator/command-line.test.ts --update`.
 */
export function commandPage(): string {
  const rows = COMMANDS.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${summary} |`);
  return `${[INTRODUCTION, "| command | |\n| --- | --- |", ...rows].join("\n")}\n\n${COMMANDS.map(section).join("\n")}`;
}

const INTRODUCTION = `# The operator's commands

\`npm run cg -- <command>\` looks after a running service. Without more words it talks to the local service on \`PORT\` (3000); \`--url\` names
another one. \`--stage trial\` works on that stage on AWS instead, with the credentials of your shell and the names and settings that the
stage was deployed with. Each command runs the very workflow that the pages and replies run
([decision 10](decisions/0010-operator-commands.md)). This page is made from the same words as \`--help\`.

- What cannot be taken back asks first. \`--yes\` says yes in a script.
- \`--json\` prints one object, with names that stay. For programs: \`npm run --silent cg -- list --json\`.
- Names and addresses are left out unless \`--people\` asks for them. Each act is logged by its name and ids.
- It ends with 0 when it is done, 1 when it was refused and nothing was changed, 2 when the command line is wrong, and 3 when the service
  could not be reached or failed on the way. Doing a command again is safe.
`;

function section(command: Command): string {
  const { name, summary, notes, example } = command;
  const words = [...(command.arguments ?? []), ...(command.options ?? [])];
  return [
    `## ${name}`,
    `${summary}.`,
    ...(words.length === 0 ? [] : [`| | |\n| --- | --- |\n${words.map(row).join("\n")}`]),
    notes,
    `\`\`\`sh\nnpm run cg -- ${example}\n\`\`\`\n`,
  ].join("\n\n");
}

function row({ word, about }: Word): string {
  return `| \`${word}\` | ${about} |`;
}
