import { defineCommand } from '../../cli/command.ts';

/**
 * A completion function for bash. It asks `docker __complete` and keeps what begins with the word; where docker has nothing to
 * say the names of files are left to bash.
 */
const SCRIPT = `# Completion of docker for bash: source <(docker completion bash)
_docker_complete() {
  local word=\${COMP_WORDS[COMP_CWORD]} answer directive line
  answer=$(docker DIRECTIVE_COMMAND "\${COMP_WORDS[@]:1:COMP_CWORD-1}" "$word" 2>/dev/null)
  directive=\${answer##*:}
  COMPREPLY=()
  while read -r line; do
    line=\${line%%$'\\t'*}
    case $line in
      :*) ;;
      "$word"*) COMPREPLY+=("$line") ;;
    esac
  done <<< "$answer"
  if (( directive & 2 )); then compopt -o nospace; fi
  if (( (directive & 4) == 0 )); then compopt -o default; fi
}
complete -F _docker_complete docker
`;

export const command = defineCommand({
  path: 'completion bash',
  run({ cli, flags }) {
    return cli.out(SCRIPT.replace('DIRECTIVE_COMMAND', flags.bool('no-descriptions') ? '__completeNoDesc' : '__complete'));
  },
});
