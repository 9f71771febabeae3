using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Documents
{
    public static V1.Document ToWire(this DocumentView view)
    {
        var wire = new V1.Document
        {
            Id = view.Id.ToString(),
            Kind = view.Kind,
            FileName = view.FileName,
            MediaType = view.MediaType,
            Size = view.Size,
            Sha256 = view.Sha256,
            AddedAt = view.AddedAt.ToWire(),
        };
        if (view.Description is { } description)
        {
            wire.Description = description;
        }

        if (view.AddedBy is { } by)
        {
            wire.AddedBy = by;
        }

        return wire;
    }

    public static DocumentView ToView(this V1.Document wire) =>
        new()
        {
            Id = wire.Id.ToDocumentId("id"),
            Kind = wire.Kind,
            FileName = wire.FileName,
            MediaType = wire.MediaType,
            Description = wire.HasDescription ? wire.Description : null,
            Size = wire.Size,
            Sha256 = wire.Sha256,
            AddedAt = wire.AddedAt.ToMoment("added_at"),
            AddedBy = wire.HasAddedBy ? wire.AddedBy : null,
        };

    public static V1.NewDocument ToWire(this NewDocument document, RegistrantId id)
    {
        var wire = new V1.NewDocument
        {
            RegistrantId = id.ToString(),
            Kind = document.Kind,
            FileName = document.FileName,
            MediaType = document.MediaType,
        };
        if (document.Description is { } description)
        {
            wire.Description = description;
        }

        return wire;
    }

    public static NewDocument ToRequest(this V1.NewDocument wire) =>
        new()
        {
            Kind = wire.Kind,
            FileName = wire.FileName,
            MediaType = wire.MediaType,
            Description = wire.HasDescription ? wire.Description : null,
        };

    public static DocumentId ToDocumentId(this string text, string field) =>
        DocumentId.TryParse(text, out var id)
            ? id
            : throw UnreadableMessageException.Of(field, "type", "expected a UUID of 36 characters");
}
