using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace SocialRegistry.Standards.Dci.Envelope;

/// <summary>
/// The message ids each partner has used lately, with a digest of what each said. A search changes nothing, so the same message again is
/// simply answered again; another message under a used id is refused. In memory of this process, bounded for each partner.
/// </summary>
internal sealed class MessageMemory(IOptions<DciOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Sender> senders = new(StringComparer.Ordinal);

    /// <summary>True when the id was used for another message.</summary>
    public bool IsTaken(string senderId, string messageId, ReadOnlySpan<byte> message)
    {
        if (!senders.TryGetValue(senderId, out var sender))
        {
            return false;
        }

        var digest = Key(message);
        lock (sender)
        {
            sender.Forget(time.GetUtcNow());
            return sender.Messages.TryGetValue(Key(messageId), out var known) && known != digest;
        }
    }

    /// <summary>Keeps the id; of a message that was found to be in order.</summary>
    public void Remember(string senderId, string messageId, ReadOnlySpan<byte> message)
    {
        // Senders are authenticated partners: their number is bounded by the register of partners.
        var sender = senders.GetOrAdd(senderId, _ => new Sender());
        var (key, digest) = (Key(messageId), Key(message));
        var now = time.GetUtcNow();
        lock (sender)
        {
            sender.Forget(now);
            if (sender.Messages.TryAdd(key, digest))
            {
                sender.Order.Enqueue((key, now + options.Value.MessageMemory));
                while (sender.Order.Count > options.Value.MessagesPerPartner)
                {
                    sender.Messages.Remove(sender.Order.Dequeue().Key);
                }
            }
        }
    }

    private static UInt128 Key(string text) => Key(Encoding.UTF8.GetBytes(text));

    private static UInt128 Key(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private sealed class Sender
    {
        public Dictionary<UInt128, UInt128> Messages { get; } = [];

        public Queue<(UInt128 Key, DateTimeOffset Until)> Order { get; } = new();

        public void Forget(DateTimeOffset now)
        {
            while (Order.TryPeek(out var oldest) && oldest.Until <= now)
            {
                Order.Dequeue();
                Messages.Remove(oldest.Key);
            }
        }
    }
}
