namespace SocialRegistry.Access.Changes;

/// <summary>
/// Version-7 UUIDs that sort as they were made, also within one millisecond: the twelve bits after the time count up (RFC 9562 §6.2, method 1).
/// </summary>
internal static class EntryIds
{
    private const int MaxCount = 0xFFF;

    private static readonly Lock Sync = new();
    private static long lastTime;
    private static int count;

    public static Guid Next(DateTimeOffset now)
    {
        long time;
        int number;
        lock (Sync)
        {
            time = now.ToUnixTimeMilliseconds();
            if (time == lastTime && count < MaxCount)
            {
                count++;
            }
            else
            {
                (lastTime, count) = (time, 0);
            }

            number = count;
        }

        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(time)).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)(0x70 | (number >> 8));
        bytes[7] = (byte)number;
        return new Guid(bytes, bigEndian: true);
    }
}
