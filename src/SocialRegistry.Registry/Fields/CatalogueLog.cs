using SocialRegistry.Contracts;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Fields;

/// <summary>Writes and shows the log of the catalogue.</summary>
internal static class CatalogueLog
{
    public static CatalogueChange Entry(
        int version,
        string operation,
        string subject,
        string? before,
        string? after,
        ChangeNote note
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(note.Now),
            Version = version,
            Operation = operation,
            Subject = subject,
            RecordedAt = note.Now,
            ActorKind = note.Caller.Kind.ToString().ToLowerInvariant(),
            Actor = note.Caller.Id,
            Channel = note.Caller.Channel,
            RequestId = ChangeNote.RequestId(note.Caller),
            Before = before,
            After = after,
        };

    public static CatalogueChangeView Show(CatalogueChange row) =>
        new()
        {
            Version = row.Version,
            Operation = row.Operation,
            Subject = row.Subject,
            At = row.RecordedAt,
            By = row.Actor,
            Channel = row.Channel,
            RequestId = row.RequestId,
            Before = row.Before,
            After = row.After,
        };
}
