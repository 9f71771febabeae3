using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Documents;

/// <summary>What is known of a file, sealed as one.</summary>
internal sealed record DocumentLabel(string Kind, string FileName, string MediaType, string? Description, string Sha256)
{
    public byte[] Seal(RecordCipher cipher, Guid document) =>
        cipher.SealPiece(Path(document), JsonSerializer.SerializeToUtf8Bytes(this));

    public static DocumentLabel Open(RecordCipher cipher, DocumentRow row) =>
        JsonSerializer.Deserialize<DocumentLabel>(cipher.OpenPiece(Path(row.Id), row.Label))!;

    /// <summary>The document as a caller may see it; names of staff are for who may see every field.</summary>
    public DocumentView Show(DocumentRow row, Caller caller) =>
        new()
        {
            Id = new DocumentId(row.Id),
            Kind = Kind,
            FileName = FileName,
            MediaType = MediaType,
            Description = Description,
            Size = row.Size,
            Sha256 = Sha256,
            AddedAt = row.AddedAt,
            AddedBy =
                caller is { Kind: not CallerKind.Person, Fields.IsAll: true } || row.AddedBy == caller.Id
                    ? row.AddedBy
                    : null,
        };

    private static string Path(Guid document) => FormattableString.Invariant($"documents/{document:D}");
}
