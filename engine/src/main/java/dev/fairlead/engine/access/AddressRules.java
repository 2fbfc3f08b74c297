package dev.fairlead.engine.access;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.net.AddressRange;
import java.util.List;

/// Rules by the client's address: the first that contains it decides.
public final class AddressRules {
    private static final Finding SILENT = new Finding(false, false, "");

    private final Access.AddressRule[] rules;
    private final Finding[] findings;

    public AddressRules(List<Access.AddressRule> list) {
        rules = list.toArray(Access.AddressRule[]::new);
        findings = list.stream()
                .map(rule -> new Finding(
                        rule.allow(), !rule.allow(), " [" + rule.origin().fileAndLine() + "]"))
                .toArray(Finding[]::new);
    }

    public boolean isEmpty() {
        return rules.length == 0;
    }

    public Finding judge(Peer client) {
        byte[] address = client.address();
        for (int i = 0; i < rules.length; i++) {
            if (contains(rules[i].range(), address)) {
                return findings[i];
            }
        }
        return SILENT;
    }

    private static boolean contains(AddressRange range, byte[] address) {
        return switch (range) {
            case AddressRange.Everyone everyone -> true;
            case AddressRange.UnixClients unix -> address.length == 0;
            case AddressRange.Block block ->
                block.contains(address) || (isMapped(address) && block.contains(ipv4(address)));
        };
    }

    /// An IPv4 client on an IPv6 socket.
    private static boolean isMapped(byte[] address) {
        if (address.length != 16 || address[10] != -1 || address[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ipv4(byte[] mapped) {
        return new byte[] {mapped[12], mapped[13], mapped[14], mapped[15]};
    }

    /// What the rules say of a client; neither if none contains it.
    ///
    /// @param origin of the rule that decided, as messages end with it
    public record Finding(boolean isAllowed, boolean isDenied, String origin) {}
}
