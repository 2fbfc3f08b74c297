package dev.fairlead.engine.route;

import dev.fairlead.engine.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the router keeps for an exchange while it finds its way. One for each connection, reused.
final class Passage {
    /// As many times a request may be sent elsewhere by rules and internal redirects.
    private static final int MOST_CHANGES = 10;

    private final LocationTree.Finding<Spot> finding = new LocationTree.Finding<>();
    private boolean isPathReplaced;
    private boolean showsErrorPage;
    private boolean isClientReplaced;
    private boolean isRateJudged;
    private boolean isConnectionJudged;
    private boolean isInner;
    private @Nullable String location;
    private @Nullable String challenge;
    private @Nullable Runnable release;
    private long serial;
    private int changes;

    /// What is left of the rules that wait, the innermost first.
    private List<Rules.Rest> rests = List.of();

    private Passage() {}

    /// That of the exchange, fresh for a new request.
    static Passage begin(Exchange exchange) {
        Passage passage = present(exchange);
        passage.clear();
        return passage;
    }

    static Passage of(Exchange exchange) {
        return present(exchange);
    }

    private static Passage present(Exchange exchange) {
        if (exchange.routing() instanceof Passage passage) {
            return passage;
        }
        Passage fresh = new Passage();
        exchange.routing(fresh);
        return fresh;
    }

    private void clear() {
        serial++;
        changes = 0;
        isPathReplaced = false;
        showsErrorPage = false;
        isClientReplaced = false;
        isRateJudged = false;
        isConnectionJudged = false;
        isInner = false;
        location = null;
        challenge = null;
        release = null;
        finding.clear();
        rests = List.of();
    }

    /// The request is one within that one: what was judged there is judged.
    void within(Passage outer) {
        isInner = true;
        isClientReplaced = true;
        isRateJudged = outer.isRateJudged;
        isConnectionJudged = outer.isConnectionJudged;
    }

    /// Whether it is a request of our own, within a client's.
    boolean isInner() {
        return isInner;
    }

    /// A number of the request on its connection, for what comes back later to see whether it is still the same.
    long serial() {
        return serial;
    }

    void restsBehind(Rules.Rest rest) {
        List<Rules.Rest> more = new ArrayList<>(rests);
        more.add(rest);
        rests = more;
    }

    /// What is left of the rules that wait no longer.
    List<Rules.Rest> takeRests() {
        List<Rules.Rest> taken = rests;
        rests = List.of();
        return taken;
    }

    /// Counts a change of the path by rules, or an internal redirect.
    ///
    /// @return whether that is still allowed
    boolean countChange() {
        changes++;
        return changes <= MOST_CHANGES;
    }

    /// Whether an error may still lead to an error page of its own.
    boolean mayRedirect() {
        return changes <= MOST_CHANGES;
    }

    /// Whether the request of that number is still in progress.
    boolean isStill(long number) {
        return serial == number;
    }

    /// The client of the request of that number is gone: nobody waits for it any more.
    void abandon(long number) {
        if (serial == number) {
            serial++;
        }
    }

    LocationTree.Finding<Spot> finding() {
        return finding;
    }

    /// Whether rules replaced the path since a location was last looked for.
    boolean isPathReplaced() {
        return isPathReplaced;
    }

    void pathReplaced(boolean value) {
        isPathReplaced = value;
    }

    /// Whether an error's page is shown already and a further error may not have one.
    boolean showsErrorPage() {
        return showsErrorPage;
    }

    void showErrorPage() {
        showsErrorPage = true;
    }

    boolean isClientReplaced() {
        return isClientReplaced;
    }

    void clientReplaced() {
        isClientReplaced = true;
    }

    /// Whether the rate limits were asked already; they count a request once, whatever its redirects.
    boolean isRateJudged() {
        return isRateJudged;
    }

    void rateJudged() {
        isRateJudged = true;
    }

    boolean isConnectionJudged() {
        return isConnectionJudged;
    }

    /// @param action run when the request is over
    void connectionJudged(@Nullable Runnable action) {
        isConnectionJudged = true;
        release = action;
    }

    void release() {
        Runnable action = release;
        release = null;
        if (action != null) {
            action.run();
        }
    }

    /// What the answer's Location field will say, whatever page comes with it.
    @Nullable
    String location() {
        return location;
    }

    void location(@Nullable String value) {
        location = value;
    }

    /// What the answer's WWW-Authenticate field will say.
    @Nullable
    String challenge() {
        return challenge;
    }

    void challenge(@Nullable String value) {
        challenge = value;
    }
}
