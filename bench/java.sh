# Sourced by the launchers of this folder: run_java OPTION... CLASS ARG... becomes Java with the classes of this module,
# which are built on first use and when a source is newer than the build.
root=$(dirname "$here")
. "$root/.mvn/find-jdk.sh"
find_jdk || { echo "bench: needs a JDK 25: set JAVA_HOME or install one" >&2; exit 1; }
lib=$here/target/lib

is_stale() {
  [ -e "$here/target/built" ] && [ -e "$lib/bench.jar" ] || return 0
  [ "${FAIRLEAD_NO_BUILD:-}" = 1 ] && return 1
  [ -n "$(find "$root/pom.xml" "$here/pom.xml" "$root"/*/src/main -newer "$here/target/built" -type f | head -n 1)" ]
}

build() {
  command -v mvn >/dev/null || { echo "bench: building needs Maven, and there is no mvn on the path" >&2; exit 1; }
  mkdir -p "$here/target"
  exec 9>"$here/target/building"
  flock 9
  if is_stale; then
    touch "$here/target/began"
    JAVA_HOME=$jdk mvn -B -q -f "$root/pom.xml" -Dquick -Dmaven.test.skip=true -pl bench -am package \
      </dev/null >"$here/target/build.log" 2>&1 ||
      { echo "bench: building failed, see $here/target/build.log" >&2; grep ERROR "$here/target/build.log" | head -n 20 >&2; exit 1; }
    touch -r "$here/target/began" "$here/target/built"
  fi
  exec 9>&-
}

run_java() {
  is_stale && build
  exec "$jdk/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:-UsePerfData \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dio.netty.jfr.enabled=false -cp "$lib/*" "$@"
}
