using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Alerts;

/// <summary>Shows one record past the caller's rights: alert, disclosure and notice are one transaction, and the answer comes after it.</summary>
internal sealed class OpenGlass(
    UnitOfWork work,
    RecordStore store,
    RecordViews views,
    DisclosureLog disclosures,
    RaiseAlerts raise,
    FieldCatalogue catalogue,
    AlertOptions options,
    TimeProvider time
) : IBreakGlass, IDisposable
{
    /// <summary>One at a time in this process: they are few, and each counts those before it.</summary>
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>The purpose in the disclosure log when the caller has named none; the reason says the rest.</summary>
    private const string Purpose = "emergency";

    private const int MostFields = 200;

    /// <summary>What names others than the one record.</summary>
    private static readonly string[] OfOthers =
    [
        "memberships",
        "member_list",
        "group_head_info",
        "relationships",
        "related_person",
    ];

    public async Task<Outcome<RegistrantView>> OpenAsync(
        RegistrantId registrant,
        GlassBreak request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (caller.Kind != CallerKind.Staff)
        {
            return AlertProblems.StaffOnly;
        }

        if (!caller.May(Permissions.BreakGlass))
        {
            return RegistrantProblems.NotAllowed(Permissions.BreakGlass);
        }

        if (Check(request) is { Count: > 0 } problems)
        {
            return AlertProblems.InvalidGlass(problems);
        }

        var opened = ReadGate.Open(
            Unbound(caller, request.Fields),
            Permissions.BreakGlass,
            request.Fields,
            catalogue.Current
        );
        if (!opened.Succeeded)
        {
            return opened.Problem;
        }

        var raised = new List<Alert>();
        await turn.WaitAsync(cancellationToken);
        try
        {
            var outcome = await work.RunAsync<RegistrantView>(
                async db =>
                {
                    raised.Clear();
                    return await OpenAsync(db, registrant, request, opened.Value.Broken(), raised, cancellationToken);
                },
                _ => null,
                cancellationToken
            );
            if (outcome.Succeeded)
            {
                raise.Tell(raised);
            }

            return outcome;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<Outcome<RegistrantView>> OpenAsync(
        RegistryDbContext db,
        RegistrantId registrant,
        GlassBreak request,
        ReadGate gate,
        List<Alert> raised,
        CancellationToken cancellationToken
    )
    {
        using var record = await store.ReadAsync(db, registrant.Value, cancellationToken);
        if (record is null)
        {
            return RegistrantProblems.NotFound;
        }

        if (record.Row.IsErased)
        {
            return RegistrantProblems.Erased;
        }

        var now = ChangeNote.Moment(time);
        var own = Of(db, gate.Caller, AlertKinds.BreakGlass);
        var anHourAgo = now.AddHours(-1);
        if (await own.CountAsync(a => a.At > anHourAgo, cancellationToken) >= options.GlassPerHour)
        {
            return AlertProblems.TooMany(options.GlassPerHour);
        }

        var shown = new List<string>();
        var view = views.Show(record, gate, shown);
        var number = (await own.MaxAsync(a => (long?)a.Number, cancellationToken) ?? 0) + 1;
        var id = Guid.CreateVersion7(now);
        var alert = new Alert
        {
            Id = id,
            At = now,
            Kind = AlertKinds.BreakGlass,
            ReaderKind = gate.Caller.Kind.ToString().ToLowerInvariant(),
            Reader = gate.Caller.Id,
            Number = number,
            RequestId = ChangeNote.RequestId(gate.Caller),
            RegistrantId = record.Row.Id,
            RegistrantKind = record.Row.Kind,
            Epoch = record.Row.Epoch,
            Reason = record.Cipher.SealText(AlertVault.ReasonPath(id), request.Reason),
            Fields = JsonSerializer.Serialize(shown),
        };
        raised.Add(alert);
        if (await VolumeAsync(db, own, alert, cancellationToken) is { } volume)
        {
            raised.Add(volume);
        }

        raised.ForEach(a => RaiseAlerts.Add(db, a));
        RequestVault.KeepKeys(db, record.Cipher);
        db.Disclosures.Add(disclosures.Row(gate, record.Row.Id, shown));
        await db.SaveChangesAsync(cancellationToken);
        return view;
    }

    /// <summary>An alert about the many of a day, with the first that is one too many.</summary>
    private async Task<Alert?> VolumeAsync(
        RegistryDbContext db,
        IQueryable<Alert> own,
        Alert alert,
        CancellationToken cancellationToken
    )
    {
        var day = new DateTimeOffset(alert.At.UtcDateTime.Date, TimeSpan.Zero);
        var count = await own.CountAsync(a => a.At >= day, cancellationToken) + 1;
        var number = day.ToUnixTimeSeconds();
        return
            count <= options.GlassPerDay
            || await Of(db, alert.ReaderKind, alert.Reader, AlertKinds.BreakGlassVolume)
                .AnyAsync(a => a.Number == number, cancellationToken)
            ? null
            : new Alert
            {
                Id = Guid.CreateVersion7(alert.At),
                At = alert.At,
                Kind = AlertKinds.BreakGlassVolume,
                ReaderKind = alert.ReaderKind,
                Reader = alert.Reader,
                Number = number,
                Records = count,
                WindowStart = day,
            };
    }

    private static IQueryable<Alert> Of(RegistryDbContext db, Caller caller, string kind) =>
        Of(db, caller.Kind.ToString().ToLowerInvariant(), caller.Id, kind);

    private static IQueryable<Alert> Of(RegistryDbContext db, string readerKind, string reader, string kind) =>
        db.Alerts.AsNoTracking().Where(a => a.Reader == reader && a.Kind == kind && a.ReaderKind == readerKind);

    /// <summary>The caller without what holds her back, but for what she asks for herself.</summary>
    private static Caller Unbound(Caller caller, IReadOnlyList<string>? fields) =>
        caller with
        {
            Fields = fields is null ? FieldScope.All : FieldScope.Of(fields),
            Masked = FieldScope.None,
            Rows = RowScope.All,
            ConsentRequired = false,
            Purpose = string.IsNullOrWhiteSpace(caller.Purpose) ? Purpose : caller.Purpose,
        };

    private List<FieldProblem> Check(GlassBreak request)
    {
        var validator = new ValueValidator(catalogue.Current, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        Reasons.CheckGiven(request.Reason, validator);
        var problems = validator.Problems.ToList();
        if (request.Fields is { Count: 0 or > MostFields })
        {
            problems.Add(new FieldProblem("fields", "length", $"Name 1 to {MostFields} fields, or leave them out."));
        }
        else
        {
            problems.AddRange(
                (request.Fields ?? [])
                    .Index()
                    .Where(f => OfOthers.Contains(f.Item))
                    .Select(f => new FieldProblem(
                        $"fields[{f.Index}]",
                        "of_others",
                        "It names others; open each of them by itself."
                    ))
            );
        }

        return problems;
    }
}
