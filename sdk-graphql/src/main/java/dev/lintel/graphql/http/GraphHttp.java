package dev.lintel.graphql.http;

import dev.lintel.core.front.Front;
import dev.lintel.core.front.FrontAnswer;
import dev.lintel.core.front.FrontRequest;
import dev.lintel.graphql.execute.GraphAnswer;
import dev.lintel.graphql.execute.GraphEngine;
import dev.lintel.graphql.execute.GraphRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Serves a graph over HTTP, as <a href="https://http-spec.graphql.org/September2026/">GraphQL over HTTP</a> says, with persisted and
 * trusted documents and with server-sent events. Nothing is executed of a request that is not well-formed.
 */
public final class GraphHttp implements Front {
    private final Function<FrontRequest, GraphSession> sessions;
    private final HttpSettings settings;
    private final Executor executor;
    private final Timer timer;
    private final RequestReader reader;
    private final Documents documents;
    private final Semaphore streams;
    private final @Nullable ExplorerPage page;

    private GraphHttp(
            Function<FrontRequest, GraphSession> sessions, HttpSettings settings, Executor executor, Timer timer) {
        this.sessions = sessions;
        this.settings = settings;
        this.executor = executor;
        this.timer = timer;
        this.reader = new RequestReader(settings);
        this.documents = new Documents(settings);
        this.streams = new Semaphore(settings.streams());
        this.page = settings.explorer()
                .map(where -> ExplorerPage.installed(where, settings.path()))
                .orElse(null);
    }

    /**
     * Serves a graph.
     *
     * @param sessions what answers a request, and for whom
     * @param settings how
     * @param executor runs what is streamed; its threads may block
     * @param timer gives streams their signs of life
     * @return what serves it
     * @throws IllegalStateException if there is to be a page, and the module that has it is missing
     */
    public static GraphHttp of(
            Function<FrontRequest, GraphSession> sessions, HttpSettings settings, Executor executor, Timer timer) {
        return new GraphHttp(sessions, settings, executor, timer);
    }

    @Override
    public FrontAnswer answer(FrontRequest request) {
        if (request.path().equals(settings.path())) {
            return graph(request);
        }
        if (page != null && page.has(request.path())) {
            return page.answer(request);
        }
        return Answers.refused(Refused.of(404, "NOT_FOUND", "there is nothing at this path"), MediaType.JSON, Map.of());
    }

    private FrontAnswer graph(FrontRequest request) {
        boolean get = request.method().equals("GET");
        if (!get && !request.method().equals("POST")) {
            return notAllowed("a graph is asked with GET or POST", MediaType.JSON, "GET, POST");
        }
        Optional<MediaType> accepted =
                MediaType.negotiate(request.header("accept").orElse(null));
        if (accepted.isEmpty() || (accepted.get() == MediaType.EVENTS && settings.streams() == 0)) {
            return Answers.refused(
                    Refused.of(
                            406,
                            "NOT_ACCEPTABLE",
                            "answers are application/graphql-response+json or application/json"
                                    + (settings.streams() == 0 ? "" : " or text/event-stream")),
                    MediaType.JSON,
                    Map.of());
        }
        MediaType as = accepted.get();
        try {
            if (!get) {
                return answer(request, reader.post(request), as);
            }
            RequestReader.checkOrigin(request);
            Asked asked = reader.get(request);
            Documents.Found found = documents.find(asked);
            GraphSession session = sessions.apply(request);
            GraphRequest wanted = wanted(asked, found);
            // A text that is wrong is answered below, with what is wrong about it.
            if (session.engine().kind(wanted).orElse(GraphEngine.Kind.QUERY) == GraphEngine.Kind.MUTATION) {
                return notAllowed("a mutation needs POST", as, "POST");
            }
            return answer(session, wanted, found, as);
        } catch (Refused e) {
            return Answers.refused(e, as, Map.of());
        }
    }

    private static FrontAnswer notAllowed(String message, MediaType as, String allow) {
        return Answers.refused(Refused.of(405, "METHOD_NOT_ALLOWED", message), as, Map.of("allow", allow));
    }

    private FrontAnswer answer(FrontRequest request, Batch batch, MediaType as) throws Refused {
        if (!batch.list()) {
            Asked asked = batch.all().get(0);
            Documents.Found found = documents.find(asked);
            return answer(sessions.apply(request), wanted(asked, found), found, as);
        }
        if (as == MediaType.EVENTS) {
            throw Refused.malformed("several operations cannot be answered as one stream of events");
        }
        GraphSession session = sessions.apply(request);
        List<byte[]> answers = new ArrayList<>();
        for (Asked asked : batch.all()) {
            answers.add(one(session, asked));
        }
        return Answers.list(answers, as);
    }

    /** One of several: what is wrong with it leaves the others alone. */
    private byte[] one(GraphSession session, Asked asked) {
        try {
            Documents.Found found = documents.find(asked);
            return executed(session, wanted(asked, found), found).json();
        } catch (Refused e) {
            return Answers.error(e);
        }
    }

    private FrontAnswer answer(GraphSession session, GraphRequest wanted, Documents.Found found, MediaType as) {
        if (as != MediaType.EVENTS) {
            return Answers.of(executed(session, wanted, found), as);
        }
        Callable<byte[]> work = () -> executed(session, wanted, found).json();
        Map<String, String> headers = Answers.headers(as);
        headers.put("x-accel-buffering", "no");
        return FrontAnswer.stream(200, headers, new EventStream(work, executor, timer, settings.heartbeat(), streams));
    }

    private GraphAnswer executed(GraphSession session, GraphRequest wanted, Documents.Found found) {
        GraphAnswer answer = session.engine().execute(wanted, session.caller());
        if (answer.executed()) {
            documents.keep(found);
        }
        return answer;
    }

    private static GraphRequest wanted(Asked asked, Documents.Found found) {
        return new GraphRequest(found.text(), asked.operationName(), asked.variables(), asked.extensions());
    }
}
