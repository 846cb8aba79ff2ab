package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.MESSAGE_CHANNEL;
import static com.microsoft.azure.functions.HttpMethod.DELETE;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.PUT;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.message.ChannelChange;
import com.medspasync.message.ChannelDraft;
import com.medspasync.message.PracticeChannel;
import com.medspasync.message.PracticeChannels;
import com.medspasync.message.WebhookSecret;
import com.medspasync.repository.Deletion;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a practice has its messages sent, over HTTP. A practice has one channel or none, so it has no id. */
public final class MessageChannelFunctions {

    private static final String PATH = "/api/message-channel";

    private final PracticeChannels channels;
    private final Resource channel;

    public MessageChannelFunctions(Kernel kernel, PracticeChannels channels) {
        this.channels = channels;
        this.channel = new Resource("message-channel", kernel)
                .on(GET, MESSAGE_CHANNEL, this::read)
                .on(PUT, MESSAGE_CHANNEL, this::set)
                .on(DELETE, MESSAGE_CHANNEL, this::delete);
    }

    @FunctionName("MessageChannel")
    public HttpResponseMessage messageChannel(
            @HttpTrigger(name = "request", route = "message-channel", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return channel.handle(request, context);
    }

    private Answer read(Exchange exchange) {
        return channels.find(exchange.caller())
                .map(found -> shown(Answer.ok(MessageChannelBody.of(found, null)), found))
                .orElseGet(MessageChannelFunctions::missing);
    }

    /** Without If-Match it creates: who has read no channel can only mean that. */
    private Answer set(Exchange exchange) {
        Integer version = exchange.header("if-match").isPresent() ? exchange.expectedVersion() : null;
        ChannelDraft draft = exchange.body(ChannelDraft::read);
        return switch (channels.set(exchange.caller(), draft, version)) {
            case ChannelChange.Created(PracticeChannel made, WebhookSecret secret) ->
                shown(Answer.created(PATH, MessageChannelBody.of(made, secret)), made);
            case ChannelChange.Changed(PracticeChannel changed, @Nullable WebhookSecret secret) ->
                shown(Answer.ok(MessageChannelBody.of(changed, secret)), changed);
            case ChannelChange.VersionMissing() ->
                Answer.problem(
                        ProblemType.PRECONDITION_REQUIRED,
                        "There is a channel: send If-Match with the ETag of the version that you changed.");
            case ChannelChange.Stale() -> stale();
        };
    }

    private Answer delete(Exchange exchange) {
        return switch (channels.delete(exchange.caller(), exchange.expectedVersion())) {
            case Deletion.Deleted() -> Answer.noContent();
            case Deletion.Stale() -> stale();
            case Deletion.Missing() -> missing();
            case Deletion.Booked(long upcoming) -> RecordAnswers.booked(upcoming);
        };
    }

    private static Answer shown(Answer answer, PracticeChannel channel) {
        return answer.etag(channel.version());
    }

    private static Answer stale() {
        return Answer.problem(ProblemType.STALE, "Somebody else changed the channel first.");
    }

    private static Answer missing() {
        return Answer.problem(ProblemType.NOT_FOUND, "The practice has no channel of its own.");
    }
}
