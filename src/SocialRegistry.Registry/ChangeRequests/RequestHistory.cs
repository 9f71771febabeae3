using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>Writes the steps that a request takes.</summary>
internal static class RequestHistory
{
    /// <summary>Adds a step to the history of the version that stands now.</summary>
    public static void Note(
        RegistryDbContext db,
        ChangeRequest row,
        Caller caller,
        string action,
        DateTimeOffset now,
        OpenRequest? open = null,
        string? comment = null,
        string? code = null,
        int number = 0
    ) =>
        db.ChangeRequestEvents.Add(
            new ChangeRequestEvent
            {
                RequestId = row.Id,
                Version = row.Version,
                Number = number,
                At = now,
                By = ChangeRequest.NameOf(caller),
                Action = action,
                Stage = row.Stage,
                Code = code,
                Comment =
                    comment is { Length: > 0 } && open is not null ? open.SealComment(row.Version, comment) : null,
            }
        );
}
