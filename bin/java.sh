# Finds a Java of at least this release, and builds with it. Sourced by ./recado and ./verify, which
# set $root, the project's folder.
# POSIX sh; also for macOS's sh and for Debian's dash.

RECADO_JAVA_RELEASE=25

# Whether letters beyond ASCII are letters here. What a variable names may not be installed: ssh
# brings the locale of the machine it comes from. Where nobody can be asked, the name is believed.
knows_all_letters() {
  if command -v locale >/dev/null 2>&1; then
    [ "$(locale charmap 2>/dev/null)" = UTF-8 ]
    return
  fi
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    '' | C | POSIX) return 1 ;;
  esac
}

# Else Java takes them for question marks: those on the command line, and those in the names of
# folders, so that it could not even read its own programs there.
knows_all_letters || export LC_ALL=C.UTF-8

# The release of the Java in this folder, such as 25; nothing if there is none. Most say it in a file:
# to ask each of them would take a tenth of a second.
java_release() {
  [ -x "$1/bin/java" ] || return 0
  said=$(sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release" 2>/dev/null) || true
  if [ -n "$said" ]; then
    printf '%s\n' "$said"
  else
    "$1/bin/java" -version 2>&1 </dev/null |
      sed -n 's/^[^ ]* version "\([0-9][0-9]*\).*/\1/p' | head -n 1
  fi
}

# Whether the Java in this folder will do: `java` to run, `javac` to build as well.
java_suits() {
  [ -x "$1/bin/$2" ] || return 1
  release=$(java_release "$1")
  [ "${release:-0}" -ge "$RECADO_JAVA_RELEASE" ]
}

# The folder of the first java on PATH, through links such as /usr/bin/java.
java_on_path() {
  java=$(command -v java 2>/dev/null) || return 0
  while [ -h "$java" ]; do
    link=$(readlink "$java")
    case $link in
      /*) java=$link ;;
      *) java=$(dirname "$java")/$link ;;
    esac
  done
  (cd "$(dirname "$java")/.." 2>/dev/null && pwd -P)
}

# Where Javas usually are, one folder a line, the likeliest first. That one place has none is no
# reason to end: the caller's "set -e" would.
java_candidates() {
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  java_on_path || true
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$RECADO_JAVA_RELEASE+" 2>/dev/null || true
  fi
  for folder in \
    /usr/lib/jvm/*"$RECADO_JAVA_RELEASE"* /usr/lib/jvm/* \
    /opt/java/* /opt/jdk* /usr/java/* /usr/local/openjdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${SDKMAN_DIR:-${HOME:-/nowhere}/.sdkman}"/candidates/java/* \
    "${HOME:-/nowhere}"/.jdks/* \
    "${HOME:-/nowhere}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nowhere}"/.asdf/installs/java/* \
    "${HOME:-/nowhere}"/.local/share/mise/installs/java/*; do
    [ ! -d "$folder" ] || printf '%s\n' "$folder"
  done
}

# Prints the folder of a Java that has this program ($1: java or javac).
# RECADO_JAVA_HOME, where set, is the only one looked at.
find_java_home() {
  if [ -n "${RECADO_JAVA_HOME:-}" ]; then
    ! java_suits "$RECADO_JAVA_HOME" "$1" || printf '%s\n' "$RECADO_JAVA_HOME"
    return 0
  fi
  java_candidates | while IFS= read -r candidate; do
    if java_suits "$candidate" "$1"; then
      printf '%s\n' "$candidate"
      break
    fi
  done
  return 0
}

# Becomes the Maven wrapper in the project's folder, with the JDK in $1. Where the home
# folder can not be written to, downloads are kept inside the project.
become_maven() {
  jdk=$1
  shift
  if [ ! -w "${HOME:-/nowhere}/.m2" ] && [ ! -w "${HOME:-/nowhere}" ]; then
    export MAVEN_USER_HOME="$root/.m2"
    set -- -Dmaven.repo.local="$root/.m2/repository" "$@"
  fi
  cd "$root"
  JAVA_HOME=$jdk
  export JAVA_HOME
  exec ./mvnw -B -ntp "$@" </dev/null
}

# The same beside this shell.
run_maven() {
  (become_maven "$@")
}

# One sentence, on standard error, and the end.
no_java() {
  [ -z "${RECADO_JAVA_HOME:-}" ] || where=" in RECADO_JAVA_HOME ($RECADO_JAVA_HOME)"
  echo "recado: needs a JDK $RECADO_JAVA_RELEASE or later and found none${where:-}: install one (https://adoptium.net, or your system's packages) or set RECADO_JAVA_HOME to its folder." >&2
  exit 1
}
