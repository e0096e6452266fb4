package dev.lintel.mesh.verify;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How it is looked, after an apply, whether what was written is in force: which requests are sent, where, how long they are
 * asked again, and what happens if the answers stay different from what the model says. Each wither answers a new value.
 *
 * <p>Unless more is said, a probe is a {@code GET}, {@code HEAD} or {@code OPTIONS} that the definitions refuse, or one without a
 * token that everybody may send where nothing else shows what is new; and an apply whose probes disagree is taken back.
 */
public final class Probes {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration USUAL = Duration.ofSeconds(60);
    private static final int MOST = 10_000;

    final DataPath path;
    final ProbeTokens tokens;
    final boolean served;
    final boolean changing;
    final Set<ProbeKind> without;
    final int perApi;
    final int all;
    final Duration limit;
    final boolean keeping;
    final @Nullable String widening;
    final @Nullable Rejections rejections;
    final Consumer<String> told;
    final Pace pace;

    private Probes(Draft draft) {
        this.path = draft.path;
        this.tokens = draft.tokens;
        this.served = draft.served;
        this.changing = draft.changing;
        this.without = draft.without;
        this.perApi = draft.perApi;
        this.all = draft.all;
        this.limit = draft.limit;
        this.keeping = draft.keeping;
        this.widening = draft.widening;
        this.rejections = draft.rejections;
        this.told = draft.told;
        this.pace = draft.pace;
    }

    /** The same values while one of them changes. */
    private static final class Draft {
        private DataPath path;
        private ProbeTokens tokens = ProbeTokens.NONE;
        private boolean served;
        private boolean changing;
        private Set<ProbeKind> without = Set.of();
        private int perApi = 40;
        private int all = 1000;
        private Duration limit = USUAL;
        private boolean keeping;
        private @Nullable String widening;
        private @Nullable Rejections rejections;
        private Consumer<String> told = line -> {};
        private Pace pace = Pace.REAL;

        Draft(DataPath path) {
            this.path = path;
        }
    }

    private Probes with(Consumer<Draft> change) {
        Draft draft = new Draft(path);
        draft.tokens = tokens;
        draft.served = served;
        draft.changing = changing;
        draft.without = without;
        draft.perApi = perApi;
        draft.all = all;
        draft.limit = limit;
        draft.keeping = keeping;
        draft.widening = widening;
        draft.rejections = rejections;
        draft.told = told;
        draft.pace = pace;
        change.accept(draft);
        return new Probes(draft);
    }

    /**
     * Probes by a way.
     *
     * @param path where they are sent, for example {@code GatewayPath.at(URI.create("http://10.0.0.7"))}
     * @return 40 for each API and 1,000 altogether at most, asked again for a minute
     */
    public static Probes through(DataPath path) {
        return new Probes(new Draft(Objects.requireNonNull(path, "path")));
    }

    /**
     * The same with tokens that only an issuer can make.
     *
     * @param source of expired ones, of those for others and without scopes, and of good ones
     * @return a new value
     */
    public Probes tokens(ProbeTokens source) {
        Objects.requireNonNull(source, "source");
        return with(draft -> draft.tokens = source);
    }

    /**
     * The same, which also sends {@code GET}, {@code HEAD} and {@code OPTIONS} that the definitions let through: services get
     * requests for paths that may not be there, such as {@code /orders/lintel-probe}.
     *
     * @return a new value
     */
    public Probes alsoServed() {
        return with(draft -> draft.served = true);
    }

    /**
     * The same, which also sends other methods, {@code POST} and {@code DELETE} among them, where the definitions refuse them. <b>Where
     * the rule is not in force yet, the service does what they ask for</b>, at a path such as {@code /orders/lintel-probe} and
     * without a body.
     *
     * @return a new value
     */
    public Probes alsoMethodsThatChange() {
        return with(draft -> draft.changing = true);
    }

    /**
     * The same without some kinds of probes, for example {@link ProbeKind#UNKNOWN_HOST} where somebody else's gateway serves every
     * host.
     *
     * @param kinds which are not sent
     * @return a new value
     */
    public Probes without(ProbeKind... kinds) {
        Set<ProbeKind> fewer = EnumSet.noneOf(ProbeKind.class);
        Collections.addAll(fewer, kinds);
        return with(draft -> draft.without = Collections.unmodifiableSet(fewer));
    }

    /**
     * The same with other limits. What is left out is told.
     *
     * @param forEachApi so many for one API
     * @param altogether so many for all of them, 10,000 at most
     * @return a new value
     * @throws IllegalArgumentException if one of them is less than 1, or there are more
     */
    public Probes atMost(int forEachApi, int altogether) {
        if (forEachApi < 1 || altogether < 1 || altogether > MOST) {
            throw new IllegalArgumentException("probes are 1 to " + MOST + ", not " + forEachApi + " of " + altogether);
        }
        return with(draft -> {
            draft.perApi = forEachApi;
            draft.all = altogether;
        });
    }

    /**
     * The same with another patience: proxies take time to take over what was written.
     *
     * @param time so long probes are asked again that disagree, from the last change of their answers; more than nothing, and a day at most
     * @return a new value
     * @throws IllegalArgumentException if it is none of that
     */
    public Probes upTo(Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("probes take some time, up to " + LONGEST + ", not " + time);
        }
        return with(draft -> draft.limit = time);
    }

    /**
     * The same, which leaves what was written where probes disagree.
     *
     * @return a new value
     */
    public Probes keeping() {
        return with(draft -> draft.keeping = true);
    }

    /**
     * The same, which goes back also where that lets requests through again that the apply has shut out.
     *
     * @param reason why, for those who read it later
     * @return a new value
     * @throws IllegalArgumentException if it is blank
     */
    public Probes allowWidening(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("widening access needs a reason");
        }
        return with(draft -> draft.widening = reason);
    }

    /**
     * The same, which also asks whether a proxy has rejected what it was sent, and takes that for a disagreement.
     *
     * @param source for example {@code IstiodRejections.at(URI.create("http://127.0.0.1:15014"))}
     * @return a new value
     */
    public Probes rejections(Rejections source) {
        Objects.requireNonNull(source, "source");
        return with(draft -> draft.rejections = source);
    }

    /**
     * The same with somebody who is told how far it is.
     *
     * @param listener gets each line in the thread that applies; no line holds a token
     * @return a new value
     */
    public Probes telling(Consumer<String> listener) {
        Objects.requireNonNull(listener, "listener");
        return with(draft -> draft.told = listener);
    }

    /**
     * Whether what was written stays where probes disagree.
     *
     * @return false unless {@link #keeping} was said
     */
    public boolean isKeeping() {
        return keeping;
    }

    /**
     * Why going back may widen access.
     *
     * @return null if it may not
     */
    public @Nullable String widening() {
        return widening;
    }

    Probes by(Pace other) {
        return with(draft -> draft.pace = other);
    }
}
