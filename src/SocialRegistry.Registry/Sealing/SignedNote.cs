using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Protection;

namespace SocialRegistry.Registry.Sealing;

/// <summary>A public key that verifies notes: <c>name+id+key</c> as Go's <c>note</c> package writes it (C2SP <c>signed-note</c>).</summary>
internal sealed record VerifierKey(string Name, byte[] PublicKey)
{
    private const byte Ed25519Type = 1;

    /// <summary>First four bytes of SHA-256 over name, newline, type and key.</summary>
    public uint Id =>
        BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(Name), (byte)'\n', Ed25519Type, .. PublicKey])
        );

    public static VerifierKey Of(string name, Jwk key) => new(name, Base64Url.DecodeFromChars(key.X));

    /// <summary>Absent when the text is no Ed25519 key in this form, or its id is not the key's.</summary>
    public static VerifierKey? Parse(string text)
    {
        var parts = text.Trim().Split('+', 3);
        var bytes = new byte[64];
        if (
            parts.Length != 3
            || !SignedNote.IsName(parts[0])
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            || !Base64Text.Read(parts[2], bytes, out var length)
            || length != 1 + Ed25519.PublicKeySize
            || bytes[0] != Ed25519Type
        )
        {
            return null;
        }

        var key = new VerifierKey(parts[0], bytes[1..length]);
        // Only the one way of writing it, so that a key is known by its text.
        return key.Id == id && key.ToString() == text.Trim() ? key : null;
    }

    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([Ed25519Type, .. PublicKey])}";
}

/// <summary>A text with signatures (C2SP <c>signed-note</c>).</summary>
internal static class SignedNote
{
    private const int MostSignatures = 16;
    private const int MostCharacters = 64 * 1024;
    private const string Dash = "\u2014 ";

    public static bool IsName(string name) =>
        name.Length is > 0 and <= 300 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');

    /// <param name="text">Ends with a newline.</param>
    public static string Sign(string text, string name, ISigner signer)
    {
        var key = VerifierKey.Of(name, signer.PublicKey);
        var signature = new byte[4 + Ed25519.SignatureSize];
        BinaryPrimitives.WriteUInt32BigEndian(signature, key.Id);
        signer.Sign(Encoding.UTF8.GetBytes(text)).CopyTo(signature, 4);
        return $"{text}\n{Dash}{name} {Convert.ToBase64String(signature)}\n";
    }

    /// <summary>The text, when a known key signed it and no signature of a known key is wrong; otherwise absent.</summary>
    public static string? Open(string note, IEnumerable<VerifierKey> keys)
    {
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || note.Length > MostCharacters || !note.EndsWith('\n') || note.Any(c => c < ' ' && c != '\n'))
        {
            return null;
        }

        var text = note[..(end + 1)];
        var lines = note[(end + 2)..^1].Split('\n');
        var known = keys.ToLookup(k => (k.Name, k.Id));
        var verified = false;
        foreach (var line in lines)
        {
            if (lines.Length > MostSignatures || Signature(line) is not var (name, id, signature))
            {
                return null;
            }

            foreach (var key in known[(name, id)].Take(1))
            {
                if (!Ed25519.Verify(key.PublicKey, Encoding.UTF8.GetBytes(text), signature))
                {
                    return null;
                }

                verified = true;
            }
        }

        return verified ? text : null;
    }

    private static (string Name, uint Id, byte[] Signature)? Signature(string line)
    {
        var parts = line.Split(' ');
        var bytes = new byte[8 * 1024];
        return
            parts is ["\u2014", { } name, { } encoded]
            && IsName(name)
            && encoded.Length < bytes.Length
            && Base64Text.Read(encoded, bytes, out var length)
            && length > 4
            ? (name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..length])
            : null;
    }
}

/// <summary>What a checkpoint says (C2SP <c>tlog-checkpoint</c>).</summary>
internal sealed record CheckpointText(string Origin, long Size, byte[] Root)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>Absent when the text is no checkpoint. Extension lines are passed over.</summary>
    public static CheckpointText? Parse(string text)
    {
        var lines = text.Split('\n');
        var root = new byte[64];
        return
            lines.Length >= 4
            && lines[^1].Length == 0
            && lines.SkipLast(1).All(l => l.Length > 0)
            && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && (lines[1].Length == 1 || lines[1][0] != '0')
            && Base64Text.Read(lines[2], root, out var length)
            && length == Merkle.HashSize
            ? new CheckpointText(lines[0], size, root[..length])
            : null;
    }

    /// <summary>Checks the signature too.</summary>
    public static CheckpointText? Open(string note, IEnumerable<VerifierKey> keys) =>
        SignedNote.Open(note, keys) is { } text ? Parse(text) : null;
}

/// <summary>Base64 as it is written here: one text for the same bytes, so that no character can be changed unseen.</summary>
internal static class Base64Text
{
    public static bool Read(string text, Span<byte> bytes, out int length) =>
        Convert.TryFromBase64String(text, bytes, out length) && Convert.ToBase64String(bytes[..length]) == text;
}
