using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Seals and opens the values of one record. Opens a data key when it is first needed, makes one when a first value of its class is sealed.</summary>
internal sealed class RecordCipher(
    IRecordProtection protection,
    string tenant,
    string kind,
    Guid registrant,
    int epoch,
    IEnumerable<RecordKeyRow> stored
) : IDisposable
{
    public const string Personal = "personal";
    public const string Sensitive = "sensitive";

    /// <summary>Class group of files: a data key of their own, so that lists of documents need no clear personal key.</summary>
    public const string Documents = "documents";

    private const string HashKeyPath = "value-hash-key";

    private readonly Dictionary<string, RecordKeyRow> rows = stored
        .Where(k => k.Epoch == epoch)
        .ToDictionary(k => k.ClassGroup);
    private readonly Dictionary<string, RecordKey> open = [];
    private byte[]? hashKey;

    /// <summary>Keys made here, still to be stored.</summary>
    public List<RecordKeyRow> Made { get; } = [];

    /// <summary>The form in which a value is stored.</summary>
    public JsonElement Seal(FieldView field, JsonElement value) =>
        Group(field.Class) is not { } group
            ? value.Clone()
            : JsonSerializer.SerializeToElement(
                Base64Url.EncodeToString(Key(group, make: true).Protect(field.Id, group, Canonical.Bytes(value)))
            );

    /// <summary>The clear value.</summary>
    /// <exception cref="ProtectionException">Moved, altered, or of another record.</exception>
    public JsonElement Open(FieldView field, JsonElement value)
    {
        if (Group(field.Class) is not { } group)
        {
            return value;
        }

        var clear = Key(group, make: false).Unprotect(field.Id, group, Decode(value.GetString()));
        using var document = JsonDocument.Parse(clear);
        return document.RootElement.Clone();
    }

    /// <summary>Seals free text of a record under the personal key.</summary>
    public string SealText(string path, string text) =>
        Base64Url.EncodeToString(Key(Personal, make: true).Protect(path, Personal, Encoding.UTF8.GetBytes(text)));

    public string OpenText(string path, string tail) =>
        Encoding.UTF8.GetString(Key(Personal, make: false).Unprotect(path, Personal, Decode(tail)));

    /// <summary>Seals a part of a document.</summary>
    public byte[] SealPiece(string path, ReadOnlySpan<byte> clear) =>
        Key(Documents, make: true).Protect(path, Personal, clear);

    /// <summary>Opens a part of a document.</summary>
    /// <exception cref="ProtectionException">Moved, altered, or of another document.</exception>
    public byte[] OpenPiece(string path, ReadOnlySpan<byte> tail) =>
        Key(Documents, make: false).Unprotect(path, Personal, tail);

    /// <summary>Seals bytes under the key of a class group: <see cref="Personal"/> or <see cref="Sensitive"/>.</summary>
    public byte[] SealBytes(string group, string path, ReadOnlySpan<byte> clear) =>
        Key(group, make: true).Protect(path, group, clear);

    /// <summary>Opens such bytes.</summary>
    /// <exception cref="ProtectionException">Moved, altered, of another record, or its keys are gone.</exception>
    public byte[] OpenBytes(string group, string path, ReadOnlySpan<byte> tail) =>
        Key(group, make: false).Unprotect(path, group, tail);

    /// <summary>A fresh key of value hashes, protected like the data.</summary>
    public byte[] MakeHashKey()
    {
        hashKey = RandomNumberGenerator.GetBytes(32);
        return Key(Personal, make: true).Protect(HashKeyPath, Personal, hashKey);
    }

    /// <summary>base64url HMAC-SHA-256 over tenant, registrant, field and the JCS form of the value (design section 6).</summary>
    public string ValueHash(byte[] protectedHashKey, string field, JsonElement value)
    {
        hashKey ??= Key(Personal, make: false).Unprotect(HashKeyPath, Personal, protectedHashKey);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, hashKey);
        hash.AppendData(Encoding.UTF8.GetBytes($"{tenant}\0{registrant:D}\0{field}\0"));
        hash.AppendData(Canonical.Bytes(value));
        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        foreach (var key in open.Values)
        {
            key.Dispose();
        }

        if (hashKey is not null)
        {
            CryptographicOperations.ZeroMemory(hashKey);
        }
    }

    private static string? Group(FieldClass fieldClass) =>
        fieldClass switch
        {
            FieldClass.Personal => Personal,
            FieldClass.Sensitive => Sensitive,
            _ => null,
        };

    private RecordKey Key(string group, bool make)
    {
        if (open.TryGetValue(group, out var key))
        {
            return key;
        }

        var context = new RecordKeyContext(tenant, kind, registrant.ToString("D"), group, epoch);
        if (rows.TryGetValue(group, out var row))
        {
            key = protection.Open(context, row.Head, row.FastWrap);
        }
        else if (make)
        {
            key = protection.Create(context);
            Made.Add(
                new RecordKeyRow
                {
                    RegistrantId = registrant,
                    ClassGroup = group,
                    Epoch = epoch,
                    Head = key.Head,
                    FastWrap = key.FastWrap,
                }
            );
        }
        else
        {
            throw new ProtectionException();
        }

        open[group] = key;
        return key;
    }

    private static byte[] Decode(string? tail)
    {
        try
        {
            return Base64Url.DecodeFromChars(tail);
        }
        catch (FormatException)
        {
            throw new ProtectionException();
        }
    }
}
