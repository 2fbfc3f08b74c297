package dev.fairlead.engine.tls;

import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsServer;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The certificates that listeners of the plan that runs show, by the names of their files. Others can take their
/// places while it runs: for handshakes from then on, until the next plan reads the files. One change at a time is
/// got ready. Safe for use by several threads.
public final class LiveCertificates {
    private List<Use> coming = new ArrayList<>();
    private List<Use> present = List.of();
    private @Nullable Draft draft;

    /// @param identities in the order of the plan's
    record Use(
            TlsServer from,
            ApplicationProtocolConfig protocols,
            List<Identity> identities,
            Optional<Authorities> authorities,
            HostTls host) {
        private boolean shows(String name) {
            return from.identities().stream()
                    .anyMatch(each -> each.certificate().equals(name));
        }

        private Use with(String name, Identity identity) {
            List<Identity> changed = new ArrayList<>(identities);
            for (int i = 0; i < changed.size(); i++) {
                if (from.identities().get(i).certificate().equals(name)) {
                    changed.set(i, identity);
                }
            }
            return new Use(from, protocols, changed, authorities, host);
        }
    }

    /// What shall take the place of a certificate, as far as it is known.
    private record Draft(String name, Identity.Parts parts) {}

    /// A plan's listeners are about to be compiled.
    public synchronized void prepare() {
        coming = new ArrayList<>();
    }

    synchronized void enter(Use use) {
        coming.add(use);
    }

    /// The plan runs. What took places in the one before is forgotten.
    public synchronized void adopt() {
        present = List.copyOf(coming);
        coming = new ArrayList<>();
        draft = null;
    }

    /// How a virtual host of the plan that runs speaks TLS; empty for one of another plan.
    synchronized Optional<HostTls> host(TlsServer from) {
        return present.stream()
                .filter(use -> use.from().equals(from))
                .map(Use::host)
                .findFirst();
    }

    /// Sorted.
    public synchronized List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        present.forEach(use ->
                use.from().identities().stream().map(TlsIdentity::certificate).forEach(names::add));
        return List.copyOf(names);
    }

    /// The chain that is shown, leaf first; empty for a name that no listener has.
    public synchronized List<X509Certificate> chain(String name) {
        for (Use use : present) {
            for (int i = 0; i < use.identities().size(); i++) {
                if (use.from().identities().get(i).certificate().equals(name)) {
                    return List.of(use.identities().get(i).chain());
                }
            }
        }
        return List.of();
    }

    /// The name of the certificate for which a change is being got ready.
    public synchronized Optional<String> drafted() {
        return Optional.ofNullable(draft).map(Draft::name);
    }

    /// Its chain, leaf first; empty if there is none yet.
    public synchronized List<X509Certificate> draftedChain() {
        Draft present = draft;
        return present == null ? List.of() : present.parts().chain();
    }

    /// Gets a change ready, in place of what was.
    ///
    /// @param pem a chain, and perhaps its key
    /// @throws GeneralSecurityException if it holds no such; what was drafted stays
    public synchronized void draft(String name, String pem) throws GeneralSecurityException {
        draft = new Draft(name, Identity.Parts.read(pem));
    }

    /// Gets the key of a change ready: of the chain that is drafted for that name, else of the one that is shown.
    ///
    /// @throws GeneralSecurityException if it is none, or not the certificate's; what was drafted stays
    public synchronized void draftKey(String name, String pem) throws GeneralSecurityException {
        Draft before = draft;
        Identity.Parts known =
                before != null && before.name().equals(name) ? before.parts() : new Identity.Parts(chain(name), null);
        draft = new Draft(name, known.withKey(pem));
    }

    public synchronized void abort() {
        draft = null;
    }

    /// What is drafted is shown from here on.
    ///
    /// @return on how many listeners; empty if it lacks a certificate or a key, and stays a draft
    /// @throws SSLException if it cannot be used; then all is as before
    public synchronized OptionalInt commit() throws SSLException {
        Draft ready = draft;
        Optional<Identity> identity =
                Optional.ofNullable(ready).map(Draft::parts).flatMap(Identity.Parts::whole);
        if (ready == null || identity.isEmpty()) {
            return OptionalInt.empty();
        }
        Map<HostTls, HostTls> renewed = new HashMap<>();
        List<Use> next = new ArrayList<>();
        for (Use use : present) {
            if (use.shows(ready.name())) {
                Use changed = use.with(ready.name(), identity.get());
                next.add(changed);
                renewed.put(use.host(), HostContexts.renewed(changed));
            } else {
                next.add(use);
            }
        }
        renewed.forEach(HostTls::renew);
        present = List.copyOf(next);
        draft = null;
        return OptionalInt.of(renewed.size());
    }
}
