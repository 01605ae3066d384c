

# Around the above, which knows the commands alone: Spark's options before the command, values of options and keys
# behind =, and files wherever no word fits.
_asm() {
  # Shells that part words at = give three for one; behind an option it is as good as a blank.
  local -a all=()
  local i at=$COMP_CWORD
  for ((i = 0; i <= COMP_CWORD; i++)); do
    if [[ ${COMP_WORDS[i]} == = && ${COMP_WORDS[i - 1]} == --* ]]; then
      ((i == COMP_CWORD)) && all+=('') || at=$((at - 1))
    else
      all+=("${COMP_WORDS[i]}")
    fi
  done
  local cur=${all[at]}
  COMPREPLY=()

  # Spark's options come first, each with its value.
  i=1
  while ((i < at)); do
    case "${all[i]}" in
      -h | --help | -V | --version) break ;;
      @SWITCHES@) ;;
      --*=*) ;;
      -*)
        i=$((i + 1))
        [[ ${all[i + 1]:-} != = ]] || i=$((i + 2)) # --conf key=value
        ;;
      *) break ;;
    esac
    i=$((i + 1))
  done
  if ((i > at)); then # a value of one of them
    compopt -o default 2>/dev/null
    return
  fi
  if ((i == at)) && [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W '@OPTIONS@' -- "$cur"))
    return
  fi

  # The word that a key is set to.
  local key='' before='' words=''
  if [[ $cur == = ]]; then
    key=${all[at - 1]} cur=''
  elif [[ ${all[at - 1]} == = ]]; then
    key=${all[at - 2]}
  elif [[ $cur == *=* && $cur != -* ]]; then
    key=${cur%%=*} before=$key= cur=${cur#*=}
  fi
  case "$key" in
    '') ;;
    @VALUES@
  esac
  if [[ -n $key ]]; then
    COMPREPLY=($(compgen -P "$before" -W "$words" -- "$cur"))
    [[ ${#COMPREPLY[@]} != 0 ]] || compopt -o default 2>/dev/null
    return
  fi

  # The command and what is behind it. Names of commands among its parameters are hidden from picocli's search for it.
  local -a COMP_WORDS=("${all[0]}" "${all[@]:$i:$((at - i + 1))}")
  local COMP_CWORD=$((at - i + 1))
  local first=2
  [[ ' @GROUPS@ ' != *" ${COMP_WORDS[1]} "* ]] || first=3
  for ((i = first; i < COMP_CWORD; i++)); do
    [[ ${COMP_WORDS[i]} == -* ]] || COMP_WORDS[i]=./${COMP_WORDS[i]}
  done
  local COMP_LINE="${COMP_WORDS[*]}"
  _complete_asm 2>/dev/null
  if ((${#COMPREPLY[@]} == 0)); then
    compopt -o default 2>/dev/null
  elif [[ ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2>/dev/null # the value follows
  fi
}
complete -F _asm -o default asm
