using System.Security.Cryptography;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.LinkedData;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>Hands a request in: tries what it asks for without keeping it, looks for others like it, and notes what it is made on.</summary>
internal sealed class SubmitRequest(
    RunChange run,
    RequestBase bases,
    IRowLocks locks,
    IKeyRing keys,
    ChangeRequestOptions options
)
{
    /// <summary>The door that applied requests come through, in logs.</summary>
    public const string Channel = "change-request";

    /// <summary>What would be refused if the draft were applied now; <c>null</c> when nothing.</summary>
    public Task<Problem?> TryAsync(RequestDraft draft, Caller maker, CancellationToken cancellationToken) =>
        TryAsync(
            draft.Change,
            draft.Subject?.RegistrantId,
            draft.Subject?.Version ?? 0,
            draft.Content.Reason,
            draft.EffectiveOn,
            maker,
            cancellationToken
        );

    /// <summary>What would be refused if it were applied now; <c>null</c> when nothing.</summary>
    /// <param name="version">The version of the subject that stands.</param>
    public async Task<Problem?> TryAsync(
        RequestedChange change,
        RegistrantId? subject,
        long version,
        string reason,
        DateOnly? effectiveOn,
        Caller maker,
        CancellationToken cancellationToken
    )
    {
        var at = new Circumstances(subject, version, reason, effectiveOn, DryRun: true);
        var caller = maker with
        {
            // What a person asks for is done by staff; that it is about herself was checked.
            Kind = maker.Kind == CallerKind.Person ? CallerKind.Staff : maker.Kind,
            Rows = maker.Kind == CallerKind.Person ? RowScope.All : maker.Rows,
            Permissions = new HashSet<string> { Permissions.WriteRegistrants },
            Channel = Channel,
            Decision = new ChangeDecision("", ChangeRequest.NameOf(maker), []),
            ToldTo = maker,
        };
        return (await run.RunAsync(change, at, caller, cancellationToken)).Problem;
    }

    /// <summary>
    /// Puts the request among the open ones, within a transaction that began before the first read: two that meet are submitted one after
    /// the other.
    /// </summary>
    public async Task<Problem?> EnterAsync(
        RegistryDbContext db,
        ChangeRequest row,
        RequestedChange change,
        JsonElement payload,
        IReadOnlyList<ChangeRequestParty> parties,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await LockAsync(db, parties, cancellationToken);
        row.OpenHash = Hash(row.Type, row.SubjectId, payload);
        var met = await RequestConflicts.FindAsync(db, row, parties, options, cancellationToken);
        if (!met.Succeeded)
        {
            return met.Problem;
        }

        row.Base = JsonSerializer.Serialize(await bases.ReadAsync(db, row.SubjectId, change, cancellationToken));
        row.Warnings = JsonSerializer.Serialize(
            met.Value.Select(w => new StoredWarning(w.Code, w.Request.Value)).ToList()
        );
        row.State = ChangeRequestStates.Submitted;
        row.SubmittedAt = now;
        row.Stage = 1;
        row.Stages = options.StagesOf(row.Type, row.FieldList, row.ClassGroup == RecordCipher.Sensitive);
        row.ApprovedBy = "[]";
        row.Failure = null;
        row.DueOn ??= DateOnly.FromDateTime(now.UtcDateTime).AddDays(options.DueDays);
        row.Release();
        return null;
    }

    /// <summary>Same type, subject and payload, in whatever spelling of JSON.</summary>
    public byte[] Hash(string type, Guid? subject, JsonElement payload) =>
        HMACSHA256.HashData(
            keys.Secret("change-requests/payload"),
            Jcs.Canonicalize(
                JsonSerializer.SerializeToElement(
                    new
                    {
                        type,
                        subject,
                        payload,
                    }
                )
            )
        );

    /// <summary>Groups before persons, as every change takes them.</summary>
    private async Task LockAsync(
        RegistryDbContext db,
        IReadOnlyList<ChangeRequestParty> parties,
        CancellationToken cancellationToken
    )
    {
        foreach (var half in new[] { true, false })
        {
            var ids = parties.Where(p => p.IsGroup == half).Select(p => p.RegistrantId).ToList();
            if (ids.Count > 0)
            {
                await locks.LockRegistrantsAsync(db, ids, cancellationToken);
            }
        }
    }
}

/// <summary>A <see cref="ChangeRequestWarning"/> as it is stored.</summary>
internal sealed record StoredWarning(string Code, Guid Request);
