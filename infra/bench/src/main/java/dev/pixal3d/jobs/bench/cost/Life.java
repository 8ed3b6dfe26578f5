package dev.pixal3d.jobs.bench.cost;

import dev.pixal3d.jobs.bench.meter.Metered;
import dev.pixal3d.jobs.bench.meter.Metered.TableRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that one job took of AWS, from its submit until nothing more is to happen.
 *
 * @param metered in the order in which it was asked for
 * @param itemBytes how large the job's item was after each of its writes, in that order
 */
record Life(List<Metered> metered, List<Integer> itemBytes) {
  Life {
    metered = List.copyOf(metered);
    itemBytes = List.copyOf(itemBytes);
  }

  /** What it wrote, in order. */
  List<TableRequest> writes() {
    return requests().filter(TableRequest::writes).toList();
  }

  /** What it read, in order. */
  List<TableRequest> reads() {
    return requests().filter(request -> !request.writes()).toList();
  }

  private Stream<TableRequest> requests() {
    return metered.stream().filter(TableRequest.class::isInstance).map(TableRequest.class::cast);
  }

  /** How large the job's item ever was. */
  int mostItemBytes() {
    return itemBytes.stream().mapToInt(Integer::intValue).max().orElse(0);
  }
}
