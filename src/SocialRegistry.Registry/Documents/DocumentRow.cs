using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Documents;

/// <summary>A file of a record; its content stands in <see cref="DocumentPiece"/>.</summary>
internal sealed class DocumentRow
{
    public required Guid RegistrantId { get; init; }

    /// <summary>A version-7 UUID: sorts by time.</summary>
    public required Guid Id { get; init; }

    /// <summary>Data key of the tails.</summary>
    public required int Epoch { get; init; }

    /// <summary>Tail of a <see cref="DocumentLabel"/>: kind, name and hash say much of a person.</summary>
    public required byte[] Label { get; init; }

    /// <summary>Bytes of the content.</summary>
    public required long Size { get; init; }

    public required int Pieces { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public required string AddedBy { get; init; }
}

/// <summary>64 KiB of a file, as a tail that is bound to record, document, place and whether it is the last.</summary>
internal sealed class DocumentPiece
{
    public const int Size = 64 * 1024;

    public required Guid RegistrantId { get; init; }

    public required Guid DocumentId { get; init; }

    /// <summary>From 0.</summary>
    public required int Number { get; init; }

    public required byte[] Tail { get; init; }

    public static string Path(Guid document, int number, int pieces) =>
        FormattableString.Invariant($"documents/{document:D}/{number}/{(number == pieces - 1 ? "last" : "more")}");
}

internal sealed class DocumentConfiguration : IEntityTypeConfiguration<DocumentRow>
{
    public void Configure(EntityTypeBuilder<DocumentRow> builder)
    {
        builder.ToTable("documents");
        builder.IsBound();
        builder.HasKey(d => new { d.RegistrantId, d.Id });
        builder.Property(d => d.AddedBy).HasMaxLength(200);
    }
}

internal sealed class DocumentPieceConfiguration : IEntityTypeConfiguration<DocumentPiece>
{
    public void Configure(EntityTypeBuilder<DocumentPiece> builder)
    {
        builder.ToTable("document_pieces");
        builder.HasKey(p => new
        {
            p.RegistrantId,
            p.DocumentId,
            p.Number,
        });
    }
}

internal static class DocumentRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<DocumentRow> Documents => db.Set<DocumentRow>();

        internal DbSet<DocumentPiece> DocumentPieces => db.Set<DocumentPiece>();
    }
}
