using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialRegistry.Protection;

/// <summary>All keys of a deployment as they stand in the key file; immutable, changed by writing a new one.</summary>
internal sealed record StoredKeys
{
    public const string CurrentFormat = "social-registry-keys/1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 8,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required string Format { get; init; }

    /// <summary>Names this set of keys; the same in every copy.</summary>
    public required Guid Id { get; init; }

    public required IReadOnlyList<StoredKey> Keys { get; init; }

    public static StoredKeys Empty() =>
        new()
        {
            Format = CurrentFormat,
            Id = Guid.CreateVersion7(),
            Keys = [],
        };

    /// <summary>The generations of a key: the active one first, then the newest retired.</summary>
    public IReadOnlyList<StoredKey> Generations(string name) =>
        [.. Keys.Where(key => key.Name == name).OrderBy(key => key.State).ThenByDescending(key => key.Generation)];

    public StoredKeys With(params IEnumerable<StoredKey> added) => this with { Keys = [.. Keys, .. added] };

    public StoredKeys Replacing(StoredKey key) =>
        this with
        {
            Keys = [.. Keys.Select(k => k.Name == key.Name && k.Generation == key.Generation ? key : k)],
        };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="JsonException">Not such a document.</exception>
    public static StoredKeys FromBytes(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<StoredKeys>(bytes, Json) is { Format: CurrentFormat, Keys: not null } keys
        && keys.Keys.All(key => key is { Name: not null, Private: not null, Certificates: not null })
            ? keys
            : throw new JsonException();

    public override string ToString() => $"{Keys.Count} keys of {Id}";
}

/// <summary>The order is that of use: the active generation comes first.</summary>
internal enum KeyState
{
    /// <summary>Signs, encrypts and checks.</summary>
    Active,

    /// <summary>Checks and decrypts only.</summary>
    Retired,
}

/// <summary>One generation of one key.</summary>
internal sealed record StoredKey
{
    public required string Name { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Generation { get; init; }

    public required KeyState State { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>PKCS#8 of EC and RSA keys; 32 raw bytes of Ed25519 seeds and symmetric keys.</summary>
    public required byte[] Private { get; init; }

    /// <summary>DER, the key's own certificate first.</summary>
    public IReadOnlyList<byte[]> Certificates { get; init; } = [];

    public override string ToString() => $"{Name} generation {Generation}";
}
