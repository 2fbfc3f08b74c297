package dev.fairlead.dialect.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.ProcessUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The table beside the settings of the gunicorn that is installed, where one is.
class BesideGunicornTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /// Prints name, flags, kind and initial value of each setting, with tabs between.
    private static final String LIST = """
            import sys
            try:
                from gunicorn import config
            except ImportError:
                sys.exit(9)
            for s in config.KNOWN_SETTINGS:
                validator = getattr(s.validator, "__name__", "")
                if validator in ("_validate_callable", "validate_post_request"):
                    kind = "HOOK"
                elif s.action == "store_true":
                    kind = "FLAG"
                elif s.action == "append":
                    kind = "LIST"
                elif validator == "validate_dict":
                    kind = "MAP"
                elif validator == "validate_pos_int":
                    kind = "NUMBER"
                else:
                    kind = "TEXT"
                d = s.default
                if d is None or callable(d) or d == {}:
                    d = ""
                elif isinstance(d, list):
                    d = ",".join(d)
                elif kind == "NUMBER":
                    d = int(d)
                print(s.name, " ".join(s.cli or []), kind, d, sep="\\t")
            """;

    /// Initial values that are not constants there, or that newer releases changed.
    private static final Map<String, String> OTHERWISE = Map.of(
            "chdir", "the folder it is called in",
            "user", "who calls it",
            "group", "who calls it",
            "ssl_version", "a constant of Python's ssl module",
            "secure_scheme_headers", "known to RequestView, which has the same",
            "forwarded_allow_ips", "::1 was added by 22",
            "proxy_allow_ips", "::1 was added by 22");

    @Test
    void everySettingOfTheInstalledGunicornIsInTheTableAsItIsThere() {
        Assumptions.assumeTrue(Files.isExecutable(PYTHON), "there is no Python");
        ProcessUnderTest listing = ProcessUnderTest.run(Path.of("/"), PYTHON.toString(), "-c", LIST);
        Map<String, String> theirs = new LinkedHashMap<>();
        for (String line : listing.output().lines().toList()) {
            List<String> fields = List.of(line.split("\t", -1));
            Assumptions.assumeTrue(fields.size() == 4, () -> "there is no gunicorn: " + line);
            theirs.put(fields.getFirst(), row(fields.get(0), fields.get(1), fields.get(2), fields.get(3)));
        }
        Assumptions.assumeFalse(theirs.isEmpty(), "there is no gunicorn");
        Map<String, String> ours = SettingsTable.ROWS.stream()
                .filter(row -> theirs.containsKey(row.name()))
                .collect(Collectors.toMap(
                        Setting::name,
                        row -> row(
                                row.name(),
                                String.join(" ", row.flags()),
                                row.kind().name(),
                                row.initial())));
        assertThat(ours).isEqualTo(theirs);
    }

    private static String row(String name, String flags, String kind, String initial) {
        return flags + " " + kind + " " + OTHERWISE.getOrDefault(name, initial);
    }
}
