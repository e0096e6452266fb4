package dev.lintel.mesh.property;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.property.EgressQuestions.Call;
import dev.lintel.mesh.property.Moments.Moment;
import dev.lintel.mesh.property.Watch.Told;
import dev.lintel.mesh.steps.Gap.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Watches calls that leave. */
final class EgressWatch {
    private EgressWatch() {}

    static Watch of(List<Manifest> before, List<Manifest> after, List<Moment> moments, Set<Call> calls) {
        List<Told> opened = new ArrayList<>();
        List<Told> broken = new ArrayList<>();
        int judged = 0;
        int shut = 0;
        for (Call call : calls) {
            String was = new NaiveEgress(before).answer(call);
            String willBe = new NaiveEgress(after).answer(call);
            boolean refused = was.equals(NaiveEgress.REFUSED) && willBe.equals(NaiveEgress.REFUSED);
            boolean either = was.equals(NaiveEgress.REFUSED) || willBe.equals(NaiveEgress.REFUSED);
            for (Moment moment : moments) {
                String now = new NaiveEgress(moment.objects()).answer(call);
                judged++;
                shut += refused ? 1 : 0;
                Effect effect = now.equals(NaiveEgress.REFUSED) ? Effect.REFUSED : Effect.ELSEWHERE;
                Told told = Told.of(
                        effect,
                        call,
                        "%s%n    %s%n    was: %s, will be: %s, is: %s"
                                .formatted(moment.label(), call, was, willBe, now));
                boolean other = !now.equals(was) && !now.equals(willBe);
                if (other && effect == Effect.ELSEWHERE) {
                    opened.add(told);
                } else if (other && !either) {
                    broken.add(told);
                }
            }
        }
        return new Watch(judged, shut, opened, broken);
    }
}
