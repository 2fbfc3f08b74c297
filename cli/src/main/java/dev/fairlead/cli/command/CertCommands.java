package dev.fairlead.cli.command;

import dev.fairlead.cli.cert.CertCommand;
import dev.fairlead.cli.cert.SelfSigned;
import dev.fairlead.cli.cert.SelfSigned.KeyKind;
import dev.fairlead.time.Clock;
import java.nio.file.Path;
import java.util.List;

/// The command `cert`.
final class CertCommands {
    static final List<OptionRow> OPTIONS = List.of(
            OptionRow.flag("--show", "", "shows what the PEM files named hold, instead of making one"),
            OptionRow.valued("--output", "-o", "FILE", "where to write key and certificate (default: NAME.pem)"),
            OptionRow.valued(
                    "--key", "", "rsa|p256", "the kind of key: RSA of 2048 bits (default), or the curve P-256"),
            OptionRow.valued("--days", "", "N", "how long it is valid (default 365)"),
            OptionRow.flag("--force", "", "replaces a file that exists"));
    private static final int LONGEST_DAYS = 36_500;

    private CertCommands() {}

    static int cert(Given given) throws UsageFault {
        CertCommand command = new CertCommand(Clock.system(), System.out, System.err);
        if (given.has("--show")) {
            return command.show(given.words().stream().map(Path::of).toList());
        }
        SelfSigned certificate = new SelfSigned(given.words(), kind(given), days(given));
        String first = given.words().getFirst();
        Path file = Path.of(given.value("--output").orElse(first.replace('*', '_') + ".pem"));
        return command.make(certificate, file, given.has("--force"));
    }

    private static KeyKind kind(Given given) throws UsageFault {
        String word = given.value("--key").orElse("rsa");
        return switch (word) {
            case "rsa" -> KeyKind.RSA;
            case "p256" -> KeyKind.P256;
            default -> throw new UsageFault("--key is rsa or p256, not \"" + word + "\"");
        };
    }

    private static int days(Given given) throws UsageFault {
        String word = given.value("--days").orElse("365");
        try {
            int days = Integer.parseInt(word);
            if (days > 0 && days <= LONGEST_DAYS) {
                return days;
            }
        } catch (NumberFormatException notANumber) {
            throw new UsageFault("--days needs a number, not \"" + word + "\"");
        }
        throw new UsageFault("--days is 1 to " + LONGEST_DAYS + ", not " + word);
    }
}
