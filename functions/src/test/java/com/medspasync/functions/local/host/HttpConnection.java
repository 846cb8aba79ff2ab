package com.medspasync.functions.local.host;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection: gathers a request with its body, has it answered, and only then reads the next one. The channel does not read by itself: each
 * {@code ctx.read()} lets one more piece in, so that a client that pipelines waits for its turn.
 */
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = Logger.getLogger(HttpConnection.class.getName());

    private final HttpFunctions functions;
    private final long bodyLimit;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable HttpRequest request;
    private long received;

    HttpConnection(HttpFunctions functions, long bodyLimit) {
        this.functions = functions;
        this.bodyLimit = bodyLimit;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) throws IOException {
        if (message instanceof HttpRequest head && !begin(ctx, head)) {
            return;
        }
        if (message instanceof HttpContent content && !take(ctx, content)) {
            return;
        }
        if (message instanceof LastHttpContent) {
            dispatch(ctx);
        } else {
            ctx.read();
        }
    }

    private boolean begin(ChannelHandlerContext ctx, HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            refuse(ctx, malformed(head.decoderResult().cause()));
            return false;
        }
        if (head.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !head.headers().contains(HttpHeaderNames.HOST)) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST);
            return false;
        }
        if (HttpUtil.getContentLength(head, 0L) > bodyLimit) {
            refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            return false;
        }
        if (HttpUtil.is100ContinueExpected(head)) {
            var unused =
                    ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        request = head;
        received = 0;
        body.reset();
        return true;
    }

    private boolean take(ChannelHandlerContext ctx, HttpContent content) throws IOException {
        HttpRequest current = request;
        if (current == null) {
            return false;
        }
        if (content.decoderResult().isFailure()) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST);
            return false;
        }
        received += content.content().readableBytes();
        if (received > bodyLimit) {
            refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            return false;
        }
        // The host hands a body on only if its length was stated: a chunked one is read and lost.
        if (!HttpUtil.isTransferEncodingChunked(current)) {
            content.content().readBytes(body, content.content().readableBytes());
        }
        return true;
    }

    private void dispatch(ChannelHandlerContext ctx) {
        HttpRequest current = request;
        if (current == null) {
            return;
        }
        request = null;
        byte[] bytes = body.toByteArray();
        functions.begin();
        var unused = functions
                .answer(current, bytes, (InetSocketAddress) ctx.channel().remoteAddress())
                .whenComplete((response, failure) -> send(ctx, current, response, failure));
    }

    private void send(
            ChannelHandlerContext ctx,
            HttpRequest current,
            @Nullable FullHttpResponse answer,
            @Nullable Throwable failure) {
        FullHttpResponse response = answer;
        if (response == null) {
            LOG.log(Level.SEVERE, "The local host failed", failure);
            response = functions.empty(current, HttpResponseStatus.INTERNAL_SERVER_ERROR);
        }
        HttpFunctions.setLength(response);
        boolean keepAlive = HttpUtil.isKeepAlive(current);
        HttpUtil.setKeepAlive(response.headers(), current.protocolVersion(), keepAlive);
        var unused = ctx.writeAndFlush(response).addListener(written -> {
            functions.end();
            if (written.isSuccess() && keepAlive) {
                ctx.read();
            } else {
                ctx.close().addListener(closed -> {});
            }
        });
    }

    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        request = null;
        HttpRequest none =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, io.netty.handler.codec.http.HttpMethod.GET, "/");
        FullHttpResponse response = functions.empty(none, status);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        HttpFunctions.setLength(response);
        var unused = ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static HttpResponseStatus malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return HttpResponseStatus.REQUEST_URI_TOO_LONG;
        }
        return cause instanceof TooLongFrameException
                ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                : HttpResponseStatus.BAD_REQUEST;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A client that goes away is no news; anything else is.
        if (!(cause instanceof IOException)) {
            LOG.log(Level.WARNING, "A connection failed", cause);
        }
        var unused = ctx.close();
    }
}
