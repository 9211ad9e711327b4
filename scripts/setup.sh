# Sourced by the scripts beside it. `ready run` (or `ready dev`) makes sure that .venv in the checkout holds what the
# tool (or its tests) needs: once, quietly, and again when pyproject.toml changed or the checkout was moved.
# The stamp is written last, so that an interrupted setup is done again; a link with the process id keeps two apart.
# Sets `root` and `python`. Nothing outside the checkout is touched but the package cache.

here=$0
while [ -h "$here" ]; do # a link to a script, say in ~/bin
  target=$(readlink -- "$here")
  case $target in
  /*) here=$target ;;
  *) here=$(dirname -- "$here")/$target ;;
  esac
done
root=$(CDPATH='' cd -- "$(dirname -- "$here")/.." && pwd -P) || exit 2
venv=$root/.venv
python=$venv/bin/python
lock=$venv/.setup-lock
unset PYTHONHOME PYTHONPATH

say() {
  printf 'coach: %s\n' "$*" >&2
}

stamp() { # what the environment was made from
  printf '%s %s\n' "$(cksum <"$root/pyproject.toml")" "$root"
}

is_ready() { # run | dev
  [ -x "$python" ] && [ -f "$venv/.ready-$1" ] && [ "$(cat "$venv/.ready-$1")" = "$(stamp)" ]
}

ready() { # run | dev
  is_ready "$1" && return 0
  mkdir -p "$venv" || {
    say "no folder can be made at $venv."
    exit 2
  }
  take_lock
  trap 'rm -f "$lock"' EXIT
  trap 'rm -f "$lock"; exit 130' INT
  trap 'rm -f "$lock"; exit 143' TERM HUP
  is_ready "$1" || set_up "$1"
  rm -f "$lock"
  trap - EXIT INT TERM HUP
}

take_lock() {
  told=
  until ln -s "pid-$$" "$lock" 2>/dev/null; do
    holder=$(readlink "$lock" 2>/dev/null) || continue
    if ! kill -0 "${holder#pid-}" 2>/dev/null; then
      [ "$(readlink "$lock" 2>/dev/null)" = "$holder" ] && rm -f "$lock"
      continue
    fi
    [ -n "$told" ] || say "another process is setting up .venv; waiting for it …"
    told=yes
    sleep 1
  done
}

find_python() { # sets `base`; without one that can make an environment it says what to install
  base='' old='' bare=''
  for name in ${COACH_PYTHON:+"$COACH_PYTHON"} python3 python3.13 python3.12 python3.11 python3.14 python; do
    command -v "$name" >/dev/null 2>&1 || continue
    version=$("$name" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    if ! "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      old="$old $name ($version)"
    elif [ -n "$uv" ] || "$name" -c 'import venv, ensurepip' 2>/dev/null; then
      base=$name
      return 0
    else
      bare=${bare:-$version}
    fi
  done
  if [ -n "$bare" ]; then
    say "Python $bare is here, but without venv and ensurepip, which the setup needs."
    say "Debian, Ubuntu: apt install python$bare-venv (or python3-venv). Or install uv (https://docs.astral.sh/uv/)."
  else
    say "Python 3.11 or newer is needed.${old:+ Found only:$old.}"
    say "Debian, Ubuntu: apt install python3 python3-venv. macOS: brew install python. Or name one: COACH_PYTHON=/path/to/python3.12"
  fi
  exit 2
}

set_up() { # run | dev
  rm -f "$venv/.ready-run" "$venv/.ready-dev"
  log=$venv/setup.log
  : >"$log"
  uv=$(command -v uv 2>/dev/null) || uv=
  if [ -n "$uv" ]; then
    "$python" -c '' 2>/dev/null || make_venv
  else
    "$python" -m pip --version >/dev/null 2>&1 || make_venv
  fi
  what=$root
  [ "$1" = dev ] && what="$root[dev]"
  say "installing what $([ "$1" = dev ] && echo "the tests and checks need" || echo "the tool needs") into .venv (once; a minute or so) …"
  if [ -n "$uv" ]; then
    "$uv" pip install --quiet --python "$python" --editable "$what" >>"$log" 2>&1 || failed
  else
    "$python" -m pip install --quiet --disable-pip-version-check --no-input --editable "$what" >>"$log" 2>&1 || failed
  fi
  stamp >"$venv/.ready-run.new" && mv -f "$venv/.ready-run.new" "$venv/.ready-run"
  if [ "$1" = dev ]; then
    cp "$venv/.ready-run" "$venv/.ready-dev.new" && mv -f "$venv/.ready-dev.new" "$venv/.ready-dev"
  fi
  say "ready."
}

make_venv() { # anew: what an interrupted attempt left behind is not trusted
  find_python
  find "$venv" -mindepth 1 -maxdepth 1 ! -name .setup-lock ! -name setup.log -exec rm -rf {} +
  say "making .venv with $base ($version) …"
  if [ -n "$uv" ]; then
    "$uv" venv --quiet --allow-existing --python "$(command -v "$base")" "$venv" >>"$log" 2>&1 || failed
  else
    "$base" -m venv "$venv" >>"$log" 2>&1 || failed
  fi
}

failed() {
  say "the setup failed. The last lines of $log:"
  tail -n 15 "$log" >&2
  say "Is the network there? Run the same command again to try again."
  exit 2
}
