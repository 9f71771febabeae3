using System.Text.Json;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Registrants;

/// <summary>A record with its cipher, while a call works on it.</summary>
internal sealed class OpenRecord(Registrant row, RecordCipher cipher) : IDisposable
{
    private StoredDocument? document;

    public Registrant Row { get; } = row;

    public RecordCipher Cipher { get; } = cipher;

    /// <summary>The document that stands; another one after a change or for a past version.</summary>
    public StoredDocument Document
    {
        get => document ??= Row.Version == 0 ? StoredDocument.Empty : Row.Document();
        set => document = value;
    }

    /// <summary>
    /// The version of the catalogue that the next values were checked against, or an older one: the database refuses a change when
    /// another stands. There on records that are to be written.
    /// </summary>
    public int? CheckedAgainst { get; set; }

    /// <summary>Statements about the values that stand; loaded for writing.</summary>
    public List<Attestation> Attestations { get; init; } = [];

    /// <summary>Keeps what searches look into; there on records that are to be written.</summary>
    public SearchRows? Search { get; init; }

    /// <summary>What searches look into beside the record; loaded before a change of fields that are kept there.</summary>
    public IReadOnlyList<KeptRow>? SearchRows { get; set; }

    /// <summary>The clear value of a field, when there is one.</summary>
    public JsonElement? Value(FieldRule rule) =>
        Document.Values.TryGetValue(rule.View.Id, out var stored) ? Cipher.Open(rule.View, stored) : null;

    public string ValueHash(string field, JsonElement clear) => Cipher.ValueHash(Row.HashKey, field, clear);

    public void Dispose() => Cipher.Dispose();
}
