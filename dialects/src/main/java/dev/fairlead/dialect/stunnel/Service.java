package dev.fairlead.dialect.stunnel;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.tls.TlsVersion;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One section while it is read. Begins as a copy of what stands before the first section.
final class Service {
    final String name;
    final Span span;
    /// Whether one of its lines has been found wrong: what seems to be missing may be what that line says.
    boolean isFaulty;
    Optional<Given<Address>> accept = Optional.empty();
    Optional<Given<String>> program = Optional.empty();
    Optional<Given<String>> programArguments = Optional.empty();
    List<Given<Address>> connects = new ArrayList<>();
    Optional<Given<Address>> redirect = Optional.empty();
    boolean client;
    boolean roundRobin;
    boolean delay;
    Optional<Given<String>> cert = Optional.empty();
    Optional<Given<String>> key = Optional.empty();
    Optional<Given<String>> authorities = Optional.empty();
    Optional<Given<String>> authorityFolder = Optional.empty();
    Optional<Given<String>> revocations = Optional.empty();
    Optional<Given<String>> revocationFolder = Optional.empty();
    Optional<Given<String>> responder = Optional.empty();
    Optional<Given<Boolean>> namedResponders = Optional.empty();
    boolean statusNonce;
    boolean statusRequired = true;
    Duration statusPatience = Duration.ofSeconds(5);
    Optional<Given<Boolean>> verifyChain = Optional.empty();
    Optional<Given<Boolean>> verifyPeer = Optional.empty();
    boolean requireCert;
    boolean asksForCert;
    List<String> hosts = new ArrayList<>();
    List<String> emails = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    Optional<Given<String>> ciphers = Optional.empty();
    Optional<Given<String>> suites = Optional.empty();
    List<Given<String>> devices = new ArrayList<>();
    List<String> curves = List.of("X25519", "P-256", "P-521", "P-384");
    /// The line that said last which versions are spoken.
    Optional<Span> versionsAt = Optional.empty();

    Optional<TlsVersion> oldest = Optional.of(TlsVersion.TLS_1_2);
    Optional<TlsVersion> newest = Optional.empty();
    List<TlsVersion> excluded = new ArrayList<>(List.of(TlsVersion.SSL_3));
    List<Given<String>> names = new ArrayList<>();
    Optional<Given<String>> protocol = Optional.empty();
    Optional<Given<String>> protocolHost = Optional.empty();
    Optional<Given<String>> protocolUser = Optional.empty();
    Optional<Given<String>> protocolPassword = Optional.empty();
    Optional<Given<String>> protocolScheme = Optional.empty();
    Optional<String> local = Optional.empty();
    Duration busy = Duration.ofMinutes(5);
    Duration close = Duration.ofMinutes(1);
    Duration connect = Duration.ofSeconds(10);
    Duration idle = Duration.ofHours(12);
    boolean reset = true;
    boolean noDelay = true;
    boolean keepAlive;
    int sessions = 1000;
    Duration sessionTimeout = Duration.ofMinutes(5);
    boolean resumes = true;
    boolean tickets = true;
    int level = Values.NOTICE;

    Service(String name, Span span) {
        this.name = name;
        this.span = span;
    }

    /// A section that begins with what this one says.
    Service child(String title, Span at) {
        Service copy = new Service(title, at);
        copy.accept = accept;
        copy.connects = new ArrayList<>(connects);
        copy.redirect = redirect;
        copy.program = program;
        copy.programArguments = programArguments;
        copy.client = client;
        copy.roundRobin = roundRobin;
        copy.delay = delay;
        copy.cert = cert;
        copy.key = key;
        copy.authorities = authorities;
        copy.authorityFolder = authorityFolder;
        copy.revocations = revocations;
        copy.revocationFolder = revocationFolder;
        copy.responder = responder;
        copy.namedResponders = namedResponders;
        copy.statusNonce = statusNonce;
        copy.statusRequired = statusRequired;
        copy.statusPatience = statusPatience;
        copy.verifyChain = verifyChain;
        copy.verifyPeer = verifyPeer;
        copy.requireCert = requireCert;
        copy.asksForCert = asksForCert;
        copy.hosts = new ArrayList<>(hosts);
        copy.emails = new ArrayList<>(emails);
        copy.addresses = new ArrayList<>(addresses);
        copy.ciphers = ciphers;
        copy.suites = suites;
        copy.devices = new ArrayList<>(devices);
        copy.curves = curves;
        copy.oldest = oldest;
        copy.versionsAt = versionsAt;
        copy.newest = newest;
        copy.excluded = new ArrayList<>(excluded);
        copy.names = new ArrayList<>(names);
        copy.protocol = protocol;
        copy.protocolHost = protocolHost;
        copy.protocolUser = protocolUser;
        copy.protocolPassword = protocolPassword;
        copy.protocolScheme = protocolScheme;
        copy.local = local;
        copyTuning(copy);
        return copy;
    }

    private void copyTuning(Service copy) {
        copy.busy = busy;
        copy.close = close;
        copy.connect = connect;
        copy.idle = idle;
        copy.reset = reset;
        copy.noDelay = noDelay;
        copy.keepAlive = keepAlive;
        copy.sessions = sessions;
        copy.sessionTimeout = sessionTimeout;
        copy.resumes = resumes;
        copy.tickets = tickets;
        copy.level = level;
    }

    /// Protocol versions that may be spoken.
    Set<TlsVersion> versions() {
        EnumSet<TlsVersion> versions = EnumSet.noneOf(TlsVersion.class);
        for (TlsVersion version : TlsVersion.values()) {
            boolean isOld = oldest.filter(least -> version.compareTo(least) < 0).isPresent();
            boolean isNew = newest.filter(most -> version.compareTo(most) > 0).isPresent();
            if (!isOld && !isNew && !excluded.contains(version)) {
                versions.add(version);
            }
        }
        return versions;
    }
}
