package dev.fairlead.admin.command;

import dev.fairlead.engine.tls.LiveCertificates;
import dev.fairlead.model.roster.CommandSocket.Level;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;

/// Certificates that are replaced while the program runs, as tools do it that renew them: `set ssl cert` with the
/// new one behind it, then `commit ssl cert`.
final class CertificateCommands {
    private static final String KEY = ".key";
    private static final List<String> BESIDES = List.of(".ocsp", ".issuer", ".sctl");

    private final Steered steered;

    CertificateCommands(Steered steered) {
        this.steered = steered;
    }

    List<Command> rows() {
        return List.of(
                Command.of(
                        "show ssl cert [<certfile>]",
                        Level.OPERATOR,
                        "certificates that are shown, or one",
                        this::show),
                Command.of(
                        "set ssl cert <certfile> <payload>",
                        Level.ADMIN,
                        "get another certificate ready, which is given behind it",
                        this::set),
                Command.of("commit ssl cert <certfile>", Level.ADMIN, "show what is ready from now on", this::commit),
                Command.of("abort ssl cert <certfile>", Level.ADMIN, "forget what is ready", this::abort));
    }

    private LiveCertificates live() {
        return steered.engine().certificates();
    }

    private String show(Command.Line line, Session session) {
        Optional<String> drafted = live().drafted();
        if (line.count() == 0) {
            StringBuilder out = new StringBuilder();
            drafted.ifPresent(
                    name -> out.append("# transaction\n*").append(name).append('\n'));
            out.append("# filename\n");
            live().names().forEach(name -> out.append(name).append('\n'));
            return out.toString();
        }
        String name = line.arg(0);
        boolean isDraft = name.startsWith("*")
                && drafted.filter(name.substring(1)::equals).isPresent();
        List<X509Certificate> chain = isDraft ? live().draftedChain() : live().chain(name);
        return chain.isEmpty()
                ? "Can't display the certificate: Not found or the certificate is a bundle!\n"
                : CertificateText.of(name, isDraft ? "Unused" : "Used", chain);
    }

    private String set(Command.Line line, Session session) {
        String file = line.arg(0);
        if (file.isEmpty() || line.payload().isEmpty()) {
            return "'set ssl cert expects a filename and a certificate as a payload\n";
        }
        LiveCertificates live = live();
        synchronized (live) {
            boolean isKey = !live.names().contains(file) && file.endsWith(KEY);
            String name = isKey ? file.substring(0, file.length() - KEY.length()) : file;
            if (!live.names().contains(name)) {
                return "Can't replace a certificate which is not referenced by the configuration!\nCan't update " + file
                        + "!\n"
                        + (BESIDES.stream().anyMatch(file::endsWith) ? "Only the certificate and '.key'.\n" : "");
            }
            Optional<String> drafted = live.drafted();
            if (drafted.filter(other -> !other.equals(name)).isPresent()) {
                return about(drafted.get(), "set '" + name) + "Can't update " + file + "!\n";
            }
            try {
                if (isKey) {
                    live.draftKey(name, line.payload());
                } else {
                    live.draft(name, line.payload());
                }
            } catch (GeneralSecurityException unreadable) {
                return "unable to load certificate from file '" + file + "': " + unreadable.getMessage()
                        + ".\nCan't load the payload\nCan't update " + file + "!\n";
            }
            return "Transaction " + (drafted.isPresent() ? "updated" : "created") + " for certificate " + name + "!\n";
        }
    }

    private static String about(String drafted, String wanted) {
        return "The ongoing transaction is about '" + drafted + "' but you are trying to " + wanted + "'\n";
    }

    private String commit(Command.Line line, Session session) {
        String name = line.arg(0);
        if (name.isEmpty()) {
            return "'commit ssl cert expects a filename\n";
        }
        String failed = "Can't commit " + name + "!\n";
        LiveCertificates live = live();
        synchronized (live) {
            Optional<String> drafted = live.drafted();
            if (drafted.isEmpty()) {
                return "No ongoing transaction! !\n" + failed;
            }
            if (!drafted.get().equals(name)) {
                return about(drafted.get(), "set '" + name) + failed;
            }
            try {
                OptionalInt places = live.commit();
                return places.isEmpty()
                        ? "The transaction must contain at least a certificate and a private key!\n" + failed
                        : "Committing " + name + ".".repeat(places.getAsInt()) + "\nSuccess!\n";
            } catch (SSLException refused) {
                return refused.getMessage() + "\n" + failed;
            }
        }
    }

    private String abort(Command.Line line, Session session) {
        String name = line.arg(0);
        if (name.isEmpty()) {
            return "'abort ssl cert' expects a filename\n";
        }
        LiveCertificates live = live();
        synchronized (live) {
            Optional<String> drafted = live.drafted();
            if (drafted.isEmpty()) {
                return "No ongoing transaction!\n";
            }
            if (!drafted.get().equals(name)) {
                return about(drafted.get(), "abort a transaction for '" + name);
            }
            live.abort();
            return "Transaction aborted for certificate '" + name + "'!\n";
        }
    }
}
