package dev.fairlead.engine.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// Leads a [Talk] with a server and then gives way. A server that says more than it was asked for before TLS has
/// begun is not believed: somebody on the way may have said it.
final class Asking extends ByteToMessageDecoder {
    private static final int LONGEST_LINE = 8192;
    private static final int MOST_LINES = 200;

    private final Talk talk;
    private final Consumer<ByteBuf> toClient;
    private final Runnable done;
    private final Consumer<String> refused;
    private int turn;
    private int lines;

    /// @param toClient gets what is passed on
    /// @param done what is done once the server has said yes to everything
    /// @param refused what is done if it has not; gets the reason
    Asking(Talk talk, Consumer<ByteBuf> toClient, Runnable done, Consumer<String> refused) {
        this.talk = talk;
        this.toClient = toClient;
        this.done = done;
        this.refused = refused;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        say(context);
    }

    private void say(ChannelHandlerContext context) {
        String said = talk.turns().get(turn).said();
        if (!said.isEmpty()) {
            context.writeAndFlush(bytes(said));
        }
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int length = talk.isInLines() ? in.bytesBefore((byte) '\n') + 1 : 1;
        if (length == 0) {
            if (in.readableBytes() > LONGEST_LINE) {
                giveUp(context, in, "too long a line");
            }
            return;
        }
        ByteBuf heard = in.readSlice(length);
        String answer = heard.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        Talk.Turn present = talk.turns().get(turn);
        Talk.Meaning meaning = present.meaning().apply(answer);
        if (meaning != Talk.Meaning.NO) {
            switch (present.told()) {
                case Talk.Told.Nothing nothing -> {}
                case Talk.Told.AllOfIt all -> toClient.accept(heard.retain());
                case Talk.Told.Instead(String text) -> toClient.accept(bytes(text));
            }
        }
        switch (meaning) {
            case YES -> next(context, in);
            case NO -> giveUp(context, in, "\"" + answer + "\"");
            case MORE -> {
                if (++lines > MOST_LINES) {
                    giveUp(context, in, "too many lines");
                }
            }
        }
    }

    private void next(ChannelHandlerContext context, ByteBuf in) {
        if (++turn < talk.turns().size()) {
            say(context);
        } else if (in.isReadable()) {
            giveUp(context, in, "more than an answer before TLS begins");
        } else {
            context.pipeline().remove(this);
            done.run();
        }
    }

    private void giveUp(ChannelHandlerContext context, ByteBuf in, String said) {
        in.skipBytes(in.readableBytes());
        context.pipeline().remove(this);
        refused.accept("upstream does not go on with TLS: it said " + said);
    }
}
