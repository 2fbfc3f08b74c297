# Sourced by ./fairlead and ./test. find_jdk leaves the home of a JDK 25 in $jdk and which one it is in $jdk_release, or fails.

is_jdk25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  jdk_release=
  while IFS= read -r line; do
    jdk_release=$jdk_release$line
    case $line in JAVA_VERSION=\"25\"*|JAVA_VERSION=\"25.*) return 0 ;; esac
  done < "$1/release"
  return 1
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && is_jdk25 "$JAVA_HOME"; then jdk=$JAVA_HOME; return 0; fi
  if on_path=$(command -v java); then
    jdk=$(readlink -f -- "$on_path"); jdk=${jdk%/bin/java}
    is_jdk25 "$jdk" && return 0
  fi
  for jdk in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/java \
      "${SDKMAN_DIR:-${HOME:-/root}/.sdkman}"/candidates/java/* "${ASDF_DATA_DIR:-${HOME:-/root}/.asdf}"/installs/java/* \
      "${HOME:-/root}"/.local/share/mise/installs/java/* "${HOME:-/root}"/.jdks/* /usr/local/openjdk-25 \
      /home/linuxbrew/.linuxbrew/opt/openjdk@25/libexec; do
    is_jdk25 "$jdk" && return 0
  done
  return 1
}
