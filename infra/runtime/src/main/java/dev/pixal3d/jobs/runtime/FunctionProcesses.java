package dev.pixal3d.jobs.runtime;

import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * A function as Lambda runs it: an event goes to a process that has nothing to do, or to a new one.
 */
public final class FunctionProcesses implements AutoCloseable {
  private final FunctionLaunch launch;
  private final Semaphore places;
  private final Deque<FunctionProcess> idle = new ConcurrentLinkedDeque<>();
  private final Set<FunctionProcess> all = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Starts none yet.
   *
   * @param most how many processes there may be; an event that finds them all busy waits for one
   */
  public FunctionProcesses(FunctionLaunch launch, int most) {
    this.launch = launch;
    this.places = new Semaphore(most);
  }

  /**
   * Has one process ready, so that the first event does not wait for its start.
   *
   * @throws FunctionErrorException if it does not come up
   */
  public void warmUp() throws InterruptedException {
    places.acquire();
    try {
      idle.push(startOne());
    } finally {
      places.release();
    }
  }

  /**
   * Hands an event to a process, and waits for the answer.
   *
   * @throws FunctionErrorException as {@link FunctionProcess#invoke}
   */
  public byte[] invoke(byte[] event) throws InterruptedException {
    places.acquire();
    try {
      FunctionProcess process = take();
      try {
        byte[] answer = process.invoke(event);
        idle.push(process);
        return answer;
      } catch (FunctionErrorException e) {
        if (process.isAlive()) {
          idle.push(process);
        } else {
          end(process);
        }
        throw e;
      } catch (InterruptedException e) {
        end(process); // It is still busy, and nobody will wait for it.
        throw e;
      }
    } finally {
      places.release();
    }
  }

  private FunctionProcess take() throws InterruptedException {
    for (FunctionProcess one = idle.poll(); one != null; one = idle.poll()) {
      if (one.isAlive()) {
        return one;
      }
      end(one);
    }
    return startOne();
  }

  private FunctionProcess startOne() throws InterruptedException {
    FunctionProcess process = FunctionProcess.start(launch);
    all.add(process);
    try {
      if (closed) {
        throw new IllegalStateException(launch.function().logicalId() + " is being shut down");
      }
      process.awaitInit();
      if (launch.initialization() == InitializationType.SNAP_START) {
        process.restore();
      }
      return process;
    } catch (RuntimeException | InterruptedException e) {
      end(process);
      throw e;
    }
  }

  private void end(FunctionProcess process) {
    process.close();
    all.remove(process);
  }

  /** Those that there are at present. */
  public List<FunctionProcess> processes() {
    return List.copyOf(all);
  }

  /** Ends all processes, those that are busy too. */
  @Override
  public void close() {
    closed = true;
    all.forEach(FunctionProcess::close);
  }
}
