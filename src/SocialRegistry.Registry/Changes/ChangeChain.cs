using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SocialRegistry.Registry.Changes;

/// <summary>
/// The hash chain of a record's change log. An entry's hash covers the one before it and every member with its length, so nothing can
/// be altered, left out or put in another order unseen. Of the content it covers a salted hash, and contents hold protected values:
/// shredding a record's keys leaves the chain whole, and nobody guesses a value from a hash.
/// </summary>
internal static class ChangeChain
{
    public static byte[] Hash(ChangeEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        Append(hash, entry.PreviousHash);
        Append(hash, entry.RegistrantId.ToByteArray(bigEndian: true));
        Append(hash, entry.Sequence);
        Append(hash, entry.Operation);
        Append(hash, entry.Version);
        Append(hash, BoundTable.Microseconds(entry.RecordedAt));
        Append(hash, entry.EffectiveOn.DayNumber);
        Append(hash, entry.ActorKind);
        Append(hash, entry.Actor);
        Append(hash, entry.Channel);
        Append(hash, entry.RequestId);
        Append(hash, entry.Decision);
        Append(hash, entry.Epoch);
        Append(hash, entry.Rows);
        Append(hash, entry.ContentHash);
        return hash.GetHashAndReset();
    }

    public static byte[] ContentHash(ChangeEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, entry.Salt);
        Append(hash, entry.Reason);
        Append(hash, entry.Fields);
        return hash.GetHashAndReset();
    }

    /// <summary>True when the entry is what its hash says.</summary>
    public static bool Holds(ChangeEntry entry) =>
        entry.Hash.AsSpan().SequenceEqual(Hash(entry)) && entry.ContentHash.AsSpan().SequenceEqual(ContentHash(entry));

    /// <summary>Sequence number of the first entry that does not follow from the ones before; <c>null</c> when the log is whole.</summary>
    /// <param name="entries">All entries of one record, in order.</param>
    /// <param name="last">The number and hash that the record itself names.</param>
    public static long? FirstBroken(IReadOnlyList<ChangeEntry> entries, (long Sequence, byte[] Hash) last)
    {
        var previous = new byte[32];
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (entry.Sequence != i + 1 || !entry.PreviousHash.AsSpan().SequenceEqual(previous) || !Holds(entry))
            {
                return i + 1;
            }

            previous = entry.Hash;
        }

        return last.Sequence == entries.Count && last.Hash.AsSpan().SequenceEqual(previous) ? null : entries.Count + 1;
    }

    private static void Append(IncrementalHash hash, string? text) =>
        Append(hash, text is null ? [] : Encoding.UTF8.GetBytes("=" + text));

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, byte[] bytes)
    {
        Append(hash, (long)bytes.Length);
        hash.AppendData(bytes);
    }
}
