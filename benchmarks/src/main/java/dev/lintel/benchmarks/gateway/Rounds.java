package dev.lintel.benchmarks.gateway;

import dev.lintel.benchmarks.gateway.Children.Server;
import dev.lintel.benchmarks.gateway.Report.Sample;
import dev.lintel.benchmarks.gateway.Wrk.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks contenders that are all up at once one after the other, in another order each round, so that a machine that becomes
 * slower or faster meanwhile does so for all of them.
 */
final class Rounds {
    private static final String HOST = "orders.shop.localhost";

    private final Settings settings;
    private final Children children;
    private final Identity issuer;
    private final String token;
    private final Optional<Path> manyTokens;
    private final Report report = new Report();

    Rounds(Settings settings, Children children, Path directory, Identity issuer) throws Exception {
        this.settings = settings;
        this.children = children;
        this.issuer = issuer;
        this.token = issuer.token(Identity.SCOPE + " orders.write");
        this.manyTokens = settings.tokens() == 1 ? Optional.empty() : Optional.of(script(directory, issuer));
    }

    Report report() {
        return report;
    }

    /** Nobody is measured who answers something else, or takes a token that is not good. */
    void check(Map<Contender, Server> running) throws Exception {
        for (Map.Entry<Contender, Server> each : running.entrySet()) {
            Contender contender = each.getKey();
            int port = each.getValue().port();
            String row = contender.row();
            Probe.expect(row, port, headers(contender, token), 200, Upstream.ANSWER);
            if (contender.withToken()) {
                String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";
                Probe.expect(row, port, Map.of("Host", HOST), contender.withoutToken(), "");
                Probe.expect(row, port, headers(contender, forged), 401, "");
                Probe.expect(row, port, headers(contender, issuer.token("orders.write")), 403, "");
            }
            say(row + " runs as process " + each.getValue().process().pid());
        }
    }

    void warmUp(Map<Contender, Server> running) throws Exception {
        for (Map.Entry<Contender, Server> each : running.entrySet()) {
            Load load = load(each.getKey(), each.getValue(), settings.warmUp());
            progress("warm-up", each.getKey(), load.perSecond());
        }
    }

    void measure(Map<Contender, Server> running) throws Exception {
        for (int round = 0; round < settings.rounds(); round++) {
            List<Map.Entry<Contender, Server>> order = new ArrayList<>(running.entrySet());
            Collections.rotate(order, round * 3);
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            for (Map.Entry<Contender, Server> each : order) {
                Sample sample =
                        Measured.sample(each.getValue(), () -> load(each.getKey(), each.getValue(), settings.time()));
                report.add(each.getKey().row(), sample);
                progress("round " + (round + 1) + "/" + settings.rounds(), each.getKey(), sample.perSecond());
            }
        }
    }

    /** What stands above the tables. */
    String legend() {
        return "Each figure: least – **median** – most of " + settings.rounds() + " rounds of "
                + settings.time().toSeconds() + " s, after " + settings.warmUp().toSeconds()
                + " s of warm-up. RSS: the most. Ratios are taken round by round.";
    }

    private Load load(Contender contender, Server server, Duration time) throws IOException, InterruptedException {
        Map<String, String> headers = headers(contender, token);
        return Wrk.run(children, server.port(), headers, time, contender.withToken() ? manyTokens : Optional.empty());
    }

    /** Each request carries the next token. */
    private Path script(Path directory, Identity issuer) throws Exception {
        say("signing " + settings.tokens() + " tokens");
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < settings.tokens(); i++) {
            tokens.add(issuer.token(Identity.SCOPE + " orders.write"));
        }
        Path file = Files.write(directory.resolve("tokens"), tokens);
        return Files.writeString(directory.resolve("tokens.lua"), """
                local requests, at = {}, 0
                function init(args)
                  for token in io.lines("%s") do
                    wrk.headers["Authorization"] = "Bearer " .. token
                    requests[#requests + 1] = wrk.format()
                  end
                end
                function request()
                  at = at %% #requests + 1
                  return requests[at]
                end
                """.formatted(file));
    }

    private static Map<String, String> headers(Contender contender, String token) {
        return contender.withToken() ? Map.of("Host", HOST, "Authorization", "Bearer " + token) : Map.of("Host", HOST);
    }

    private static void progress(String step, Contender contender, double perSecond) {
        say(String.format(Locale.ROOT, "%-12s %-40s %,10.0f requests/s", step, contender.row(), perSecond));
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
