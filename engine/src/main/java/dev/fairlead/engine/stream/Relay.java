package dev.fairlead.engine.stream;

import dev.fairlead.engine.http.UpstreamFacts;
import dev.fairlead.engine.net.Outlet;
import dev.fairlead.engine.net.Receiver;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.upstream.StreamServers;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.stream.StreamForward;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A client connection on its way to a server, and then the two of them, each read no faster than the other
/// takes what it sends. Ends when both sides have ended, when one is lost, or when nothing moves for too long.
/// It stays with the configuration it began under.
final class Relay {
    private static final int BAD_GATEWAY = 502;
    private static final int SERVER_ERROR = 500;

    private final StreamSession client;
    private final StreamLoop loop;
    private final Course.Forward course;
    private final StreamForward how;
    private final ServerSecurity security;
    private final Outlet toClient;
    private StreamServers.@Nullable Search search;
    private StreamServers.@Nullable Lease lease;
    private UpstreamFacts.@Nullable Attempt attempt;
    private @Nullable ServerSide server;
    private long begunNanos;
    private long attemptNanos;
    private boolean isStanding;
    private boolean isClientEnded;
    private boolean isServerEnded;
    private boolean isClientDeaf;
    private boolean isOver;
    /// Whether the last server that was tried took too long.
    private boolean isLate;
    /// Whether a server was talked to before TLS, whose words another one must not say again.
    private boolean isGreeted;
    private String host = "";
    private Pacing pacing = Pacing.NONE;
    private Shortcuts shortcuts = Shortcuts.NONE;

    Relay(StreamSession client, StreamLoop loop, Course.Forward course) {
        this.client = client;
        this.loop = loop;
        this.course = course;
        this.how = course.how();
        this.security = new ServerSecurity(client, course);
        this.toClient = new Outlet(client.context());
    }

    // Finding a server.

    void begin() {
        begunNanos = loop.clock().monotonicNanos();
        Tally tally = course.tally();
        if (tally != null) {
            tally.enter();
        }
        switch (course.target()) {
            case Course.Target.Fixed fixed -> begin(fixed.servers(), fixed.host());
            case Course.Target.Late late -> LateTarget.find(late, this, client, loop);
            case Course.Target.Computed computed -> Computing.find(computed, this, client, loop);
        }
    }

    /// The servers are known.
    ///
    /// @param named the host as the configuration, or the computed address, names it
    void begin(StreamServers servers, String named) {
        host = named;
        search = servers.search(how.retry().elsewhere() ? how.retry().tries() : 1);
        next(servers.name());
    }

    /// There is no server to be found.
    void give(String reason) {
        client.report(LogLevel.ERROR, reason);
        over(SERVER_ERROR);
    }

    /// What is counted for the part that the connection is given to; null if it is not.
    @Nullable
    Tally tally() {
        return course.tally();
    }

    boolean isOver() {
        return isOver;
    }

    private void next(String group) {
        StreamServers.Search present = Objects.requireNonNull(search);
        attemptNanos = loop.clock().monotonicNanos();
        if (!present.next(client.exchange(), attemptNanos)) {
            client.reckoning().attempt(group);
            client.report(LogLevel.ERROR, "no live upstreams while connecting to upstream");
            over(BAD_GATEWAY);
            return;
        }
        attempt = client.reckoning().attempt(present, client.back());
        attempt.started(attemptNanos);
        isLate = false;
        if (!ProgramSide.isStarted(how, client, this)) {
            dial(present.address());
        }
    }

    /// A program takes the connection.
    void started(ServerSide side) {
        server = side;
        connected(side);
    }

    private void dial(SocketAddress address) {
        Receiver inside =
                security.of(search()) == null ? loop.upstreams().handovers().at(address) : null;
        boolean noDelay = client.service().settings().noDelay();
        ServerSide side = ServerSide.of(this, address, inside, noDelay, how.socketKeepAlive());
        server = side;
        client.deadline().set(how.timeouts().connect().toNanos());
        loop.loop().register(side.channel());
        SocketAddress own = search().source();
        SocketAddress local = own == null ? course.localAddress(client.exchange()) : own;
        SocketAddress to = inside == null ? loop.upstreams().handovers().socket(address) : address;
        ChannelFuture connecting =
                local == null ? side.channel().connect(to) : side.channel().connect(to, local);
        connecting.addListener(done -> {
            if (server == side && !isOver) {
                if (done.isSuccess()) {
                    connected(side);
                } else {
                    failed(search().failure(done.cause()));
                }
            }
        });
    }

    private StreamServers.Search search() {
        return Objects.requireNonNull(search);
    }

    private void connected(ServerSide side) {
        Objects.requireNonNull(attempt).connected(loop.clock().monotonicNanos() - attemptNanos);
        search().proxyHeader()
                .or(how::proxyProtocol)
                .ifPresent(version -> side.channel()
                        .write(client.service()
                                .header(client.facts(), version, side.channel().alloc())));
        ServerTls tls = security.of(search());
        if (tls == null) {
            stand(side);
            return;
        }
        side.channel().flush();
        Talk talk = course.talk();
        if (talk == null) {
            security.begin(side, tls, host);
        } else {
            isGreeted = true;
            side.ask(new Asking(talk, this::greeted, () -> security.begin(side, tls, host), reason -> {
                if (side == server && !isOver) {
                    failed(reason);
                }
            }));
        }
    }

    /// What the server said before TLS is for the client.
    private void greeted(ByteBuf data) {
        if (isOver) {
            data.release();
            return;
        }
        countFromServer(data.readableBytes());
        client.channel().writeAndFlush(data);
    }

    /// TLS with the server is agreed on, or not.
    void secured(ServerSide side, @Nullable Throwable failure) {
        if (side != server || isStanding || isOver) {
            return;
        }
        String objection = security.objection(side, search(), host, failure);
        if (objection == null) {
            stand(side);
        } else {
            failed(objection);
        }
    }

    /// The present server cannot be had.
    void failed(String reason) {
        long now = loop.clock().monotonicNanos();
        client.report(LogLevel.ERROR, reason);
        search().failed(now);
        ServerSide lost = server;
        server = null;
        if (lost != null) {
            lost.channel().close();
        }
        Duration limit = how.retry().timeout();
        boolean isInTime = limit.isZero() || now - begunNanos < limit.toNanos();
        if (how.retry().elsewhere() && search().mayGoOn() && isInTime && !isGreeted) {
            next("");
        } else {
            over(BAD_GATEWAY);
        }
    }

    // Both stand.

    private void stand(ServerSide side) {
        Objects.requireNonNull(attempt).over(side.channel(), side.tls());
        isStanding = true;
        client.log().stands();
        lease = search().connected(side.channel(), client.exchange());
        search = null;
        client.deadline().set(how.timeouts().idle().toNanos());
        pacing = Pacing.of(how.rates(), client, side, loop, () -> readClient(side), () -> readServer(side));
        if (how.rates().equals(StreamForward.Rates.UNLIMITED) && client.tls() == null && side.tls() == null) {
            shortcuts = Shortcuts.between(
                    client.channel(),
                    side.channel(),
                    loop,
                    new Shortcuts.Way(this::passedUp, () -> readClient(side)),
                    new Shortcuts.Way(this::countFromServer, () -> readServer(side)),
                    this::moved);
        }
        ByteBuf early = client.takeEarly();
        if (!pacing.takes(early, this::earlyPassed)) {
            if (early != null) {
                toServer(side, early);
            }
            earlyPassed();
        }
        readClient(side);
        readServer(side);
    }

    /// What the client had sent before is on its way.
    private void earlyPassed() {
        ServerSide side = server;
        if (side != null && !isOver) {
            side.flush();
            if (client.isInputEnded()) {
                clientEnded(false);
            }
        }
    }

    /// As fast as the server takes it, and as may be.
    private void readClient(ServerSide side) {
        client.reading(!shortcuts.isUpTaken() && side.channel().isWritable() && pacing.mayUpload());
    }

    private void readServer(ServerSide side) {
        side.reading(!shortcuts.isDownTaken() && client.channel().isWritable() && pacing.mayDownload());
    }

    private void toServer(ServerSide side, ByteBuf data) {
        countToServer(data.readableBytes());
        side.write(data);
    }

    private void countToServer(int bytes) {
        Objects.requireNonNull(attempt).addSent(bytes);
    }

    private void countFromServer(int bytes) {
        Objects.requireNonNull(attempt).addReceived(bytes);
        client.reckoning().sent(bytes);
    }

    private void passedUp(int bytes) {
        client.reckoning().received(bytes);
        countToServer(bytes);
    }

    void fromClient(ByteBuf data) {
        ServerSide side = server;
        if (side == null || !isStanding || isOver) {
            if (isOver) {
                data.release();
            } else {
                client.keep(data);
            }
            return;
        }
        shortcuts.readUp(data.readableBytes());
        toServer(side, data);
        if (!side.channel().isWritable()) {
            side.flush();
            readClient(side);
        }
    }

    void clientReadComplete() {
        ServerSide side = server;
        if (side != null && isStanding && !isOver) {
            side.flush();
            moved();
            shortcuts.upComplete();
        }
    }

    void serverWritable(ServerSide side) {
        if (side == server && isStanding && !isOver) {
            readClient(side);
        }
    }

    void fromServer(ServerSide side, ByteBuf data) {
        if (side != server || !isStanding || isOver || isClientDeaf) {
            data.release();
            return;
        }
        StreamServers.Lease held = lease;
        if (held != null && held.awaitsWords()) {
            held.spoke(FirstWords.ofServer(data, client.exchange()));
        }
        int bytes = data.readableBytes();
        shortcuts.readDown(bytes);
        countFromServer(bytes);
        toClient.write(data);
        if (!client.channel().isWritable()) {
            toClient.flush();
            readServer(side);
        }
    }

    void serverReadComplete(ServerSide side) {
        if (side == server && isStanding && !isOver) {
            toClient.flush();
            moved();
            shortcuts.downComplete();
        }
    }

    void clientWritable() {
        ServerSide side = server;
        if (side != null && isStanding && !isOver) {
            readServer(side);
        }
    }

    private void moved() {
        boolean isHalf = isClientEnded || isServerEnded;
        Duration patience = isHalf
                ? how.timeouts().finishing().orElse(how.timeouts().idle())
                : how.timeouts().idle();
        client.deadline().set(patience.isZero() ? 0 : patience.toNanos() + pacing.waitNanos());
    }

    // Endings.

    /// The client sends no more.
    ///
    /// @param isDeaf whether nothing can be sent to it either: TLS was closed
    void clientEnded(boolean isDeaf) {
        isClientDeaf |= isDeaf;
        ServerSide side = server;
        if (!isStanding || side == null) {
            if (isDeaf || !how.passesHalfClose()) {
                client.closeNow();
            }
            return;
        }
        if (isClientEnded) {
            return;
        }
        isClientEnded = true;
        shortcuts.giveUpBack();
        if (!how.passesHalfClose() || isServerEnded) {
            finish();
        } else {
            side.endOutput();
            moved();
        }
    }

    void serverEnded(ServerSide side, boolean isDeaf) {
        if (side != server || isServerEnded) {
            return;
        }
        if (!isStanding) {
            failed("upstream prematurely closed connection while connecting to upstream");
            return;
        }
        isServerEnded = true;
        shortcuts.giveDownBack();
        if (!how.passesHalfClose() || isClientEnded || isDeaf) {
            finish();
        } else {
            toClient.flush();
            Farewell.endOutput(client.channel(), client.tls());
            moved();
        }
    }

    /// Closes both sides once they have what was sent to them.
    private void finish() {
        shortcuts.giveUpBack();
        shortcuts.giveDownBack();
        ServerSide side = server;
        if (side != null) {
            side.closeBehind();
        }
        closeClient();
    }

    /// Once it has what was sent to it.
    private void closeClient() {
        toClient.flush();
        Farewell.closeBehind(client.channel());
    }

    /// The client's connection is gone.
    void clientClosed(boolean byReset) {
        if (isOver) {
            return;
        }
        isOver = true;
        if (!isStanding) {
            client.log().ending("CC");
        } else if (byReset) {
            client.log().ending("CD");
        }
        StreamServers.Search searching = search;
        if (searching != null && !isStanding && server != null) {
            searching.dropped(loop.clock().monotonicNanos());
        }
        ServerSide side = server;
        if (side != null) {
            if (byReset
                    && side.channel().isActive()
                    && client.service().settings().resetsFailed()) {
                Farewell.close(side.channel(), true);
            } else {
                shortcuts.giveUpBack();
                side.closeBehind();
            }
        }
        release();
    }

    /// The server's connection is gone.
    void serverClosed(ServerSide side, boolean byReset) {
        if (side != server || isOver) {
            return;
        }
        if (!isStanding) {
            failed("upstream prematurely closed connection while connecting to upstream");
            return;
        }
        server = null;
        if (byReset) {
            client.log().ending("SD");
            client.report(LogLevel.ERROR, "recv() failed (104: Connection reset by peer) while proxying connection");
        } else {
            shortcuts.giveDownBack();
            toClient.flush();
        }
        release();
        if (byReset && client.service().settings().resetsFailed()) {
            isOver = true;
            client.end(BAD_GATEWAY, true);
        } else {
            closeClient();
        }
    }

    void expired() {
        boolean resets = client.service().settings().resetsFailed();
        if (!isStanding) {
            isLate = true;
            failed("upstream timed out (110: Connection timed out) while connecting to upstream");
            return;
        }
        client.log().ending(how.timeouts().idleOfServer() ? "sD" : "cD");
        client.report(LogLevel.INFO, "connection timed out (110: Connection timed out) while proxying connection");
        ServerSide side = server;
        server = null;
        if (side != null) {
            Farewell.close(side.channel(), resets);
        }
        isOver = true;
        release();
        client.end(200, resets);
    }

    private void over(int status) {
        isOver = true;
        client.log().ending(isLate ? "sC" : "SC");
        release();
        client.end(status, client.service().settings().resetsFailed());
    }

    private void release() {
        pacing.end();
        shortcuts.drop();
        toClient.drop();
        StreamServers.Lease held = lease;
        lease = null;
        if (held != null) {
            held.giveBack();
        }
        UpstreamFacts.Attempt counted = attempt;
        if (counted != null && counted.responseNanos() < 0) {
            counted.ended(loop.clock().monotonicNanos() - attemptNanos);
        }
    }
}
