using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>Drafts requests and changes drafts; what is made may be submitted at once.</summary>
internal sealed class MakeRequests(
    UnitOfWork work,
    IDbContextFactory<RegistryDbContext> contexts,
    RequestDrafts drafts,
    RequestVault vault,
    RequestSight sight,
    RequestViews views,
    SubmitRequest submit,
    FieldCatalogue catalogue,
    IKeyRing keys,
    RegistryOptions options,
    TimeProvider time
)
{
    public async Task<Outcome<ChangeRequestView>> CreateAsync(
        NewChangeRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if ((Refuse(caller) ?? IdempotencyKey.Check(request.IdempotencyKey)) is { } refused)
        {
            return refused;
        }

        var draft = await ReadAsync(request, caller, cancellationToken);
        if (!draft.Succeeded)
        {
            return draft.Problem;
        }

        var now = ChangeNote.Moment(time);
        var hash = request.IdempotencyKey is null ? null : ContentHash(request);
        if (hash is not null)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await RecallAsync(db, request, hash, caller, now, cancellationToken) is { } earlier)
            {
                return earlier;
            }
        }

        if (request.Submit && await submit.TryAsync(draft.Value, caller, cancellationToken) is { } faulty)
        {
            return faulty;
        }

        return await work.RunAsync<ChangeRequestView>(
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                if (
                    hash is not null
                    && await RecallAsync(db, request, hash, caller, now, cancellationToken) is { } first
                )
                {
                    return first;
                }

                var id = Guid.CreateVersion7(now);
                var row = await AddAsync(db, id, draft.Value, caller, now, cancellationToken);
                var parties = draft.Value.Parties(id);
                row.Parties = ChangeRequestParty.Text(parties);
                if (
                    request.Submit
                    && await submit.EnterAsync(
                        db,
                        row,
                        draft.Value.Change,
                        draft.Value.Content.Payload,
                        parties,
                        now,
                        cancellationToken
                    )
                        is { } problem
                )
                {
                    return problem;
                }

                db.ChangeRequestParties.AddRange(parties);
                RequestHistory.Note(db, row, caller, request.Submit ? ChangeRequestActions.Submit : "create", now);
                if (hash is not null)
                {
                    db.IdempotencyKeys.Add(
                        new IdempotencyKey
                        {
                            Caller = IdempotencyKey.CallerOf(caller),
                            Key = request.IdempotencyKey!,
                            ContentHash = hash,
                            RegistrantId = id,
                            At = now,
                        }
                    );
                }

                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return views.OfMaker(row, draft.Value.Content);
            },
            _ => null,
            cancellationToken
        );
    }

    public async Task<Outcome<ChangeRequestView>> UpdateAsync(
        ChangeRequestId id,
        ChangeRequestEdit edit,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Refuse(caller) is { } refused)
        {
            return refused;
        }

        var now = ChangeNote.Moment(time);
        return await work.RunAsync<ChangeRequestView>(
            async db =>
            {
                var row = await db.ChangeRequests.SingleOrDefaultAsync(r => r.Id == id.Value, cancellationToken);
                if (row is null || !await sight.KnowsAsync(db, row, caller, cancellationToken))
                {
                    return ChangeRequestProblems.NotFound;
                }

                using var open = await vault.OpenAsync(db, row, cancellationToken);
                if (Refused(open, edit, caller) is { } problem)
                {
                    return problem;
                }

                var request = RequestDrafts.With(open, open.Content!, edit);
                var read = await drafts.ReadAsync(db, request, caller, cancellationToken);
                if (!read.Succeeded)
                {
                    return read.Problem;
                }

                var draft = read.Value;
                using var cipher = await vault.CipherAsync(
                    db,
                    row.Id,
                    row.SubjectId,
                    row.SubjectKind,
                    row.Epoch,
                    row.MadeAt,
                    cancellationToken
                );
                row.Version++;
                row.ClassGroup = RequestVault.GroupOf(draft.Change, draft.Kind, catalogue.Current);
                row.Content = OpenRequest.Seal(cipher, row.Id, row.ClassGroup, draft.Content);
                row.Fields = JsonSerializer.Serialize(draft.Fields);
                row.Scope = MakerScope.Of(caller);
                row.EffectiveOn = draft.EffectiveOn;
                row.DueOn = draft.DueOn;
                row.Documents = JsonSerializer.Serialize(draft.Documents.Select(d => d.Value));
                RequestVault.KeepKeys(db, cipher);
                row.Parties = ChangeRequestParty.Text(draft.Parties(row.Id));
                await ReplacePartiesAsync(db, row.Id, draft, cancellationToken);
                RequestHistory.Note(db, row, caller, "update", now);
                await db.SaveChangesAsync(cancellationToken);
                return views.OfMaker(row, draft.Content);
            },
            _ => null,
            cancellationToken
        );
    }

    private static Problem? Refuse(Caller caller) =>
        caller.May(Permissions.WriteRequests) ? null : RegistrantProblems.NotAllowed(Permissions.WriteRequests);

    private static Problem? Refused(OpenRequest open, ChangeRequestEdit edit, Caller caller) =>
        !RequestSight.IsMaker(open.Row, caller) ? ChangeRequestProblems.NotMaker
        : open.Row.State != ChangeRequestStates.Draft ? ChangeRequestProblems.NotOpen(open.Row.State, "update")
        : open.Row.Version != edit.ExpectedVersion ? ChangeRequestProblems.ChangedSince(open.Row.Version)
        : open.Content is null ? ChangeRequestProblems.Erased
        : null;

    private async Task<Outcome<RequestDraft>> ReadAsync(
        NewChangeRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await drafts.ReadAsync(db, request, caller, cancellationToken);
    }

    private async Task<ChangeRequest> AddAsync(
        RegistryDbContext db,
        Guid id,
        RequestDraft draft,
        Caller caller,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var epoch = draft.Subject?.Epoch ?? 1;
        using var cipher = await vault.CipherAsync(
            db,
            id,
            draft.Subject?.Id,
            draft.Kind,
            epoch,
            now,
            cancellationToken
        );
        var group = RequestVault.GroupOf(draft.Change, draft.Kind, catalogue.Current);
        var row = new ChangeRequest
        {
            Id = id,
            Type = draft.Type,
            SubjectId = draft.Subject?.Id,
            SubjectKind = draft.Kind,
            Epoch = epoch,
            ClassGroup = group,
            Content = OpenRequest.Seal(cipher, id, group, draft.Content),
            Fields = JsonSerializer.Serialize(draft.Fields),
            MadeByKind = caller.Kind.ToString().ToLowerInvariant(),
            MadeBy = caller.Id,
            Scope = MakerScope.Of(caller),
            MadeAt = now,
            EffectiveOn = draft.EffectiveOn,
            DueOn = draft.DueOn,
            Documents = JsonSerializer.Serialize(draft.Documents.Select(d => d.Value)),
        };
        RequestVault.KeepKeys(db, cipher);
        db.ChangeRequests.Add(row);
        return row;
    }

    private static async Task ReplacePartiesAsync(
        RegistryDbContext db,
        Guid request,
        RequestDraft draft,
        CancellationToken cancellationToken
    )
    {
        var old = await db.ChangeRequestParties.Where(p => p.RequestId == request).ToListAsync(cancellationToken);
        var next = draft.Parties(request);
        db.RemoveRange(old.Where(o => !next.Any(n => n.RegistrantId == o.RegistrantId)));
        db.AddRange(next.Where(n => !old.Exists(o => o.RegistrantId == n.RegistrantId)));
    }

    /// <summary>The request that was made under the key, as it stands now.</summary>
    private async Task<Outcome<ChangeRequestView>?> RecallAsync(
        RegistryDbContext db,
        NewChangeRequest request,
        byte[] hash,
        Caller caller,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var oldest = now.AddDays(-options.IdempotencyDays);
        var known = await IdempotencyKey.FindAsync(db, caller, request.IdempotencyKey!, oldest, cancellationToken);
        if (known is null)
        {
            return null;
        }

        var row = known.ContentHash.AsSpan().SequenceEqual(hash)
            ? await db
                .ChangeRequests.AsNoTracking()
                .SingleOrDefaultAsync(r => r.Id == known.RegistrantId, cancellationToken)
            : null;
        return row is null ? RegistrantProblems.KeyReused : views.Plain(row);
    }

    private byte[] ContentHash(NewChangeRequest request) =>
        IdempotencyKey.HashOf(
            new
            {
                name = "change_request",
                request.Type,
                request.Subject,
                request.Payload,
                request.Reason,
                request.EffectiveOn,
                request.DueOn,
                request.Documents,
                request.Submit,
            },
            keys
        );
}
