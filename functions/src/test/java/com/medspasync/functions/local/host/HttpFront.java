package com.medspasync.functions.local.host;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/** The listening socket, on the loopback interface only: demo data is nobody else's business. */
final class HttpFront implements AutoCloseable {

    /** Kestrel's limits on the request line and on all headers together, in bytes. */
    private static final int REQUEST_LINE_LIMIT = 8 * 1024;

    private static final int HEADERS_LIMIT = 32 * 1024;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory("http", true), NioIoHandler.newFactory());
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ServerBootstrap bootstrap;
    private final int port;
    private final Channel listener;

    /**
     * Listens at once.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException if the port is taken
     */
    HttpFront(int port, HttpFunctions functions, long bodyLimit) {
        bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channels.add(channel);
                        channel.pipeline()
                                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                                        .setMaxInitialLineLength(REQUEST_LINE_LIMIT)
                                        .setMaxHeaderSize(HEADERS_LIMIT)))
                                .addLast(new FlowControlHandler())
                                .addLast(new HttpConnection(functions, bodyLimit));
                    }
                });
        try {
            listener = bind(new byte[] {127, 0, 0, 1}, port);
            this.port = ((InetSocketAddress) listener.localAddress()).getPort();
            bindIpv6();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    private Channel bind(byte[] address, int wanted) {
        try {
            var binding =
                    bootstrap.bind(InetAddress.getByAddress(address), wanted).awaitUninterruptibly();
            if (!binding.isSuccess()) {
                throw new IllegalStateException(
                        "Port " + wanted + " is taken; set PORT to another one", binding.cause());
            }
            channels.add(binding.channel());
            return binding.channel();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Browsers may take localhost for ::1; a machine without IPv6 does without. */
    private void bindIpv6() {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        try {
            bind(loopback, port);
        } catch (IllegalStateException noIpv6) {
            java.util.logging.Logger.getLogger(HttpFront.class.getName()).fine("Not listening on ::1");
        }
    }

    /** Refuses new connections; requests under way go on. */
    void stopListening() {
        channels.close(channel -> channel instanceof io.netty.channel.ServerChannel)
                .awaitUninterruptibly();
    }

    @Override
    public void close() {
        channels.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
