namespace SocialRegistry.Access.Changes;

/// <summary>
/// Version-7 UUIDs that sort as they were made, also within one millisecond: the twelve bits after the time count up and begin anew after 4,096 (RFC 9562 §6.2, method 1).
/// </summary>
internal static class EntryIds
{
    private const uint CountMask = 0xFFF;

    private static uint last;

    public static Guid Next(DateTimeOffset now)
    {
        var count = Interlocked.Increment(ref last) & CountMask;
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)(0x70 | (count >> 8));
        bytes[7] = (byte)count;
        return new Guid(bytes, bigEndian: true);
    }
}
