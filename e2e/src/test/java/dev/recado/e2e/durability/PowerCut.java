package dev.recado.e2e.durability;

import dev.recado.e2e.durability.DiskTrace.Call;
import dev.recado.e2e.durability.DiskTrace.Cut;
import dev.recado.e2e.durability.DiskTrace.Sync;
import dev.recado.e2e.durability.DiskTrace.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is on the disk when the power goes at one moment: everything that was synced by then. Of the
 * rest some calls have reached it, in no order, some in part, and some not at all.
 */
final class PowerCut {
  private static final int SECTOR = 512;

  private final double moment;
  private final RandomGenerator random;

  PowerCut(double moment, RandomGenerator random) {
    this.moment = moment;
    this.random = random;
  }

  /** Leaves such a file in the place of this one. */
  void strike(Path file, List<Call> calls, byte[] before, Path image) throws IOException {
    var disk = before;
    var unsynced = new ArrayList<Call>();
    for (var call : calls) {
      if (!call.file().equals(file) || call.begun() > moment) {
        continue;
      }
      if (call instanceof Sync sync) {
        if (sync.ended() <= moment) {
          disk = sync(disk, unsynced, sync.begun());
        }
      } else {
        unsynced.add(call);
      }
    }
    for (var call : unsynced) {
      disk = perhaps(disk, call);
    }
    Files.write(image, disk);
  }

  /** What was still being written when the sync began need not be part of it. */
  private static byte[] sync(byte[] disk, List<Call> unsynced, double begun) {
    var synced = disk;
    for (var call : List.copyOf(unsynced)) {
      if (call.ended() <= begun) {
        synced = apply(synced, call);
        unsynced.remove(call);
      }
    }
    return synced;
  }

  private byte[] perhaps(byte[] disk, Call call) {
    return switch (random.nextInt(3)) {
      case 0 -> apply(disk, call);
      case 1 -> call instanceof Write write ? apply(disk, torn(write)) : disk;
      default -> disk;
    };
  }

  private Write torn(Write write) {
    var sectors = write.bytes().limit() / SECTOR;
    var kept = sectors == 0 ? 0 : random.nextInt(sectors) * SECTOR;
    return new Write(
        write.begun(), write.ended(), write.file(), write.at(), write.bytes().slice(0, kept));
  }

  private static byte[] apply(byte[] disk, Call call) {
    return switch (call) {
      case Write write -> {
        var end = Math.toIntExact(write.at() + write.bytes().limit());
        var longer = Arrays.copyOf(disk, Math.max(disk.length, end));
        write.bytes().get(0, longer, (int) write.at(), write.bytes().limit());
        yield longer;
      }
      case Cut cut -> Arrays.copyOf(disk, Math.toIntExact(cut.length()));
      case Sync _ -> disk;
    };
  }
}
