using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Identifiers;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>
/// Takes what a connected application has learnt. Each item is a change like any other, within the caller's fields and rows, and joins the
/// named version in its own transaction: a bad one stops no other, and a call that broke off may be sent again.
/// </summary>
internal sealed class GiveFeedback(
    UnitOfWork work,
    IDbContextFactory<RegistryDbContext> contexts,
    ChangeRegistrant change,
    IdentifierReader identifiers,
    ConsentGate consents,
    FieldCatalogue catalogue,
    FeedbackAnswers answers,
    TimeProvider time
)
{
    public const string Channel = "feedback";

    private const int MostItems = 500;

    /// <summary>How often an item that names no version meets another writer before it is given back.</summary>
    private const int MostAttempts = 8;

    public async Task<Outcome<FeedbackResult>> HandleAsync(
        Feedback feedback,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.SendFeedback) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.SendFeedback);
        }

        if (IdempotencyKey.Check(feedback.IdempotencyKey) is { } wrongKey)
        {
            return wrongKey;
        }

        if (Check(feedback) is { Count: > 0 } problems)
        {
            return Problem.Invalid("feedback.invalid", "The feedback cannot be taken as it was sent.", problems);
        }

        var hash = feedback.IdempotencyKey is null ? null : answers.HashOf(feedback);
        if (hash is not null && await answers.RecallAsync(feedback, hash, caller, cancellationToken) is { } known)
        {
            return known;
        }

        if (await OpenAsync(feedback.NamedVersion, caller, cancellationToken) is { } closed)
        {
            return closed;
        }

        // Within it the caller may do what this call is for, and is shown nothing but what it has sent.
        var writer = caller with
        {
            Channel = Channel,
            Permissions = new HashSet<string> { Permissions.WriteRegistrants, Permissions.WriteVersions },
        };
        var outcomes = new List<Outcome<FeedbackTaken>>(feedback.Items.Count);
        foreach (var item in feedback.Items)
        {
            outcomes.Add(await TakeAsync(feedback.NamedVersion, item, writer, cancellationToken));
        }

        var result = new FeedbackResult(feedback.NamedVersion, outcomes);
        return hash is null ? result : await answers.RememberAsync(feedback, hash, result, caller, cancellationToken);
    }

    /// <summary>True when an application meets what another application has made.</summary>
    public static bool IsOfAnother(NamedVersion version, Caller caller) =>
        caller.Kind == CallerKind.Partner
        && version.CreatedByKind == NamedVersion.KindOf(caller)
        && version.CreatedBy != caller.Id;

    private static List<FieldProblem> Check(Feedback feedback)
    {
        var problems = new List<FieldProblem>();
        if (!NamedVersionRows.IsName(feedback.NamedVersion))
        {
            problems.Add(NamedVersionCheck.Name("namedVersion"));
        }

        if (feedback.Items is not { Count: >= 1 and <= MostItems })
        {
            problems.Add(new FieldProblem("items", "items", $"Send 1 to {MostItems} items."));
        }

        return problems;
    }

    /// <summary>Makes the named version when it is missing; the problem when it takes no feedback of this caller.</summary>
    private async Task<Problem?> OpenAsync(string name, Caller caller, CancellationToken cancellationToken) =>
        (
            await work.RunAsync<Done>(
                async db =>
                {
                    var version = await db
                        .NamedVersions.AsNoTracking()
                        .SingleOrDefaultAsync(v => v.Name == name, cancellationToken);
                    if (version is not null)
                    {
                        return version.Kind != NamedVersionKinds.Feedback ? NamedVersionProblems.NotFeedback
                            : IsOfAnother(version, caller) ? NamedVersionProblems.Others
                            : !version.IsOpen ? NamedVersionProblems.Closed
                            : default(Done);
                    }

                    var made = new NewNamedVersion
                    {
                        Name = name,
                        Kind = NamedVersionKinds.Feedback,
                        Source = caller.Id,
                    };
                    db.NamedVersions.Add(NamedVersionsPort.New(made, caller, ChangeNote.Moment(time)));
                    await db.SaveChangesAsync(cancellationToken);
                    return default(Done);
                },
                _ => null,
                cancellationToken
            )
        ).Problem;

    private async Task<Outcome<FeedbackTaken>> TakeAsync(
        string name,
        FeedbackItem item,
        Caller writer,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(item, writer, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Problem;
        }

        var (id, version) = (found.Value.Id, item.ExpectedVersion ?? found.Value.Version);
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await change.UpdateAsync(
                id,
                new RegistrantPatch
                {
                    ExpectedVersion = version,
                    Values = item.Values,
                    Reason = item.Reason,
                    EffectiveOn = item.EffectiveOn,
                    NamedVersion = name,
                },
                writer,
                cancellationToken
            );
            if (outcome.Succeeded)
            {
                return new FeedbackTaken(id, outcome.Value.Version, outcome.Value.Version > version);
            }

            if (
                item.ExpectedVersion is not null
                || attempt == MostAttempts
                || outcome.Problem is not { Kind: ProblemKind.PreconditionFailed, CurrentVersion: { } current }
            )
            {
                return outcome.Problem;
            }

            version = current;
        }
    }

    private async Task<Outcome<Standing>> FindAsync(
        FeedbackItem item,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if ((item.Registrant is null) == (item.Identifier is null))
        {
            return Problem.Invalid(
                "feedback.item_invalid",
                "An item names its record in one way.",
                new FieldProblem("registrant", "exclusive", "Send either 'registrant' or 'identifier'.")
            );
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var wanted = item.Registrant?.Value;
        if (item.Identifier is { } identifier)
        {
            if (catalogue.Current.IdentifierType(identifier.Type) is not { } type)
            {
                return Problem.Invalid(
                    "feedback.item_invalid",
                    "There is no such identifier type.",
                    new FieldProblem("identifier.type", "unknown", "Send an identifier type of the catalogue.")
                );
            }

            // What the caller may not look for finds nobody, like an unknown number.
            if (!type.IsIn(caller.Filters) || identifiers.Read(type, identifier.Value) is not { } known)
            {
                return RegistrantProblems.NotFound;
            }

            var (typeId, token) = (known.Type.View.Id, known.Token);
            wanted = await db
                .Identifiers.Where(i => i.Type == typeId && i.Token == token)
                .Select(i => (Guid?)i.RegistrantId)
                .SingleOrDefaultAsync(cancellationToken);
            if (
                wanted is { } there
                && !(await consents.LoadAsync(db, [there], caller, cancellationToken)).Finds(
                    there,
                    typeId,
                    catalogue.Current
                )
            )
            {
                return RegistrantProblems.NotFound;
            }
        }

        var version = await db
            .Registrants.Where(r => r.Id == wanted)
            .Select(r => (long?)r.Version)
            .SingleOrDefaultAsync(cancellationToken);
        return wanted is { } id && version is { } stands
            ? new Standing(new RegistrantId(id), stands)
            : RegistrantProblems.NotFound;
    }

    private sealed record Standing(RegistrantId Id, long Version);
}
