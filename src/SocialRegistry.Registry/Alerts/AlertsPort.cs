using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Alerts;

/// <summary>Lists alerts and takes reviews. A reason tells of the person whose record was read, so showing it is disclosed.</summary>
internal sealed class AlertsPort(
    IDbContextFactory<RegistryDbContext> contexts,
    UnitOfWork work,
    AlertVault vault,
    DisclosureLog disclosures,
    TimeProvider time
) : IAlerts
{
    /// <summary>What a look at alerts is disclosed as.</summary>
    public const string Field = "alerts";

    private const int MostItems = 500;

    public async Task<Outcome<Page<AlertView>>> ListAsync(
        AlertFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Refused(caller) is { } refused)
        {
            return refused;
        }

        if (Check(filter) is { Count: > 0 } problems)
        {
            return AlertProblems.InvalidFilter(problems);
        }

        Guid? before = null;
        if (page.After is { } after)
        {
            if (!Guid.TryParseExact(after, "N", out var parsed))
            {
                return RegistrantProblems.BadPage;
            }

            before = parsed;
        }

        if (page.Size is < 1 or > MostItems)
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var reviews = db.AlertReviews;
        bool? isReviewed = filter.State is null ? null : filter.State == AlertStates.Reviewed;
        var rows = await db
            .Alerts.AsNoTracking()
            .Where(a => before == null || a.Id.CompareTo(before.Value) < 0)
            .Where(a => filter.Kind == null || a.Kind == filter.Kind)
            .Where(a => isReviewed == null || reviews.Any(r => r.AlertId == a.Id) == isReviewed)
            .OrderByDescending(a => a.Id)
            .Take(page.Size + 1)
            .Select(a => new { Alert = a, Review = reviews.AsNoTracking().FirstOrDefault(r => r.AlertId == a.Id) })
            .ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).Select(r => (r.Alert, (AlertReviewRow?)r.Review)).ToList();
        var views = await vault.ShowAsync(db, shown, cancellationToken);
        await disclosures.WriteAsync(
            [
                .. views
                    .Select(v => v.Registrant)
                    .OfType<RegistrantId>()
                    .Distinct()
                    .Select(id => disclosures.Row(caller, id.Value, [Field])),
            ],
            cancellationToken
        );
        return new Page<AlertView>(views, rows.Count > page.Size ? rows[page.Size - 1].Alert.Id.ToString("N") : null);
    }

    public async Task<Outcome<AlertView>> ReviewAsync(
        AlertId alert,
        AlertReview review,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Refused(caller) is { } refused)
        {
            return refused;
        }

        if (CheckNote(review.Note) is { } problem)
        {
            return AlertProblems.InvalidReview([problem]);
        }

        var note = ChangeNote.By(caller, review.Note, null, time);
        return await work.RunAsync<AlertView>(
            async db =>
            {
                var found = await db
                    .Alerts.AsNoTracking()
                    .SingleOrDefaultAsync(a => a.Id == alert.Value, cancellationToken);
                if (found is null)
                {
                    return AlertProblems.NotFound;
                }

                if (found.Reader == caller.Id && found.ReaderKind == Kind(caller))
                {
                    return AlertProblems.Own;
                }

                if (await db.AlertReviews.AnyAsync(r => r.AlertId == alert.Value, cancellationToken))
                {
                    return AlertProblems.Reviewed;
                }

                var row = await vault.ReviewAsync(db, found, note, cancellationToken);
                if (found.RegistrantId is { } registrant)
                {
                    db.Disclosures.Add(disclosures.Row(caller, registrant, [Field]));
                }

                await db.SaveChangesAsync(cancellationToken);
                return (await vault.ShowAsync(db, [(found, row)], cancellationToken))[0];
            },
            _ => null,
            cancellationToken
        );
    }

    private static string Kind(Caller caller) => caller.Kind.ToString().ToLowerInvariant();

    private static Problem? Refused(Caller caller) =>
        caller.Kind is CallerKind.Person or CallerKind.Partner || !caller.May(Permissions.ReviewAlerts)
            ? RegistrantProblems.NotAllowed(Permissions.ReviewAlerts)
        : !caller.Rows.IsAll ? AlertProblems.NotForEverybody
        : null;

    private static List<FieldProblem> Check(AlertFilter filter)
    {
        var problems = new List<FieldProblem>();
        if (filter.State is not (null or AlertStates.Open or AlertStates.Reviewed))
        {
            problems.Add(new FieldProblem("state", "unknown", $"{AlertStates.Open} or {AlertStates.Reviewed}."));
        }

        if (filter.Kind is { } kind && !AlertKinds.All.Contains(kind))
        {
            problems.Add(new FieldProblem("kind", "unknown", $"One of {string.Join(", ", AlertKinds.All)}."));
        }

        return problems;
    }

    private static FieldProblem? CheckNote(string? note) =>
        string.IsNullOrWhiteSpace(note)
            ? new FieldProblem(
                "note",
                "required",
                $"Say what came of it, in 1 to {ValueLimits.MaxReasonLength} characters."
            )
        : note.Length > ValueLimits.MaxReasonLength
            ? new FieldProblem("note", "length", $"A note has at most {ValueLimits.MaxReasonLength} characters.")
        : note.Any(char.IsControl)
            ? new FieldProblem("note", "characters", "A note is one line of text without control characters.")
        : null;
}
