using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Documents;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>What a request says, checked as far as its shape goes.</summary>
internal sealed record RequestDraft
{
    public required string Type { get; init; }

    public required RequestedChange Change { get; init; }

    public required RequestContent Content { get; init; }

    /// <summary>The row of the subject; absent for a new registrant.</summary>
    public Registrant? Subject { get; init; }

    /// <summary>Of the subject, or of the record to be made.</summary>
    public required string Kind { get; init; }

    public required IReadOnlyList<string> Fields { get; init; }

    public DateOnly? EffectiveOn { get; init; }

    public DateOnly? DueOn { get; init; }

    public required IReadOnlyList<DocumentId> Documents { get; init; }

    /// <summary>Everybody concerned, once each.</summary>
    public IReadOnlyList<ChangeRequestParty> Parties(Guid request)
    {
        var groups = Change.Groups.Select(g => g.Value).ToHashSet();
        if (Subject is not null && Change.ChangesMembers)
        {
            groups.Add(Subject.Id);
        }

        IEnumerable<Guid> all = Change.Persons.Select(p => p.Value).Concat(groups);
        return
        [
            .. (Subject is null ? all : all.Append(Subject.Id))
                .Distinct()
                .Select(id => new ChangeRequestParty
                {
                    RequestId = request,
                    RegistrantId = id,
                    IsGroup = groups.Contains(id),
                }),
        ];
    }
}

/// <summary>Reads requests and what drafts are changed to.</summary>
internal sealed class RequestDrafts(FieldCatalogue catalogue, RowRules rules, EditRules editRules, TimeProvider time)
{
    private const int MostDocuments = 20;

    public async Task<Outcome<RequestDraft>> ReadAsync(
        RegistryDbContext db,
        NewChangeRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var read = PayloadReader.Read(request.Type, request.Payload);
        if (!read.Succeeded)
        {
            return read.Problem;
        }

        var change = read.Value;
        var problems = Faults(request).ToList();
        Registrant? subject = null;
        if (change is MakeRegistrant)
        {
            if (request.Subject is not null)
            {
                problems.Add(new FieldProblem("subject", "none", "A new registrant has no record yet."));
            }
        }
        else if (request.Subject is not { } id)
        {
            problems.Add(new FieldProblem("subject", "required", "Say which record the request is about."));
        }
        else
        {
            subject = await (await rules.RowsAsync(db, [id.Value], caller, cancellationToken))
                .AsNoTracking()
                .SingleOrDefaultAsync(cancellationToken);
            if (subject is null or { IsArchived: true })
            {
                return RegistrantProblems.NotFound;
            }

            if (change.ChangesMembers && subject.Kind != RegistrantKinds.Group)
            {
                problems.Add(new FieldProblem("subject", "kind", "This type of request is about a group."));
            }
        }

        var kind =
            (change as MakeRegistrant)?.Kind
            ?? (change is SplitHousehold ? RegistrantKinds.Group : subject?.Kind ?? RegistrantKinds.Individual);
        if (kind is not (RegistrantKinds.Individual or RegistrantKinds.Group))
        {
            problems.Add(new FieldProblem("payload.kind", "unknown", "A record is an individual or a group."));
        }

        problems.AddRange(
            change
                .FieldValues.Keys.Where(f => catalogue.Current.Rule(kind, f) is null)
                .Take(ValueLimits.MaxProblems)
                .Select(f => new FieldProblem(
                    "payload.values." + Printable(f),
                    "unknown",
                    "There is no such field for this kind of record."
                ))
        );
        if (problems.Count > 0)
        {
            return ChangeRequestProblems.Invalid(problems);
        }

        var draft = new RequestDraft
        {
            Type = request.Type,
            Change = change,
            Content = new RequestContent(request.Payload, request.Reason),
            Subject = subject,
            Kind = kind,
            Fields = FieldsOf(change),
            EffectiveOn = request.EffectiveOn,
            DueOn = request.DueOn,
            Documents = request.Documents,
        };
        return (OfPerson(draft, caller) ?? await MissingAsync(db, draft, caller, cancellationToken)) is { } refused
            ? refused
            : draft;
    }

    /// <summary>The message a stored request was made from, for a draft that is changed.</summary>
    public static NewChangeRequest With(OpenRequest open, RequestContent content, ChangeRequestEdit edit) =>
        new()
        {
            Type = open.Row.Type,
            Subject = open.Row.SubjectId is { } id ? new RegistrantId(id) : null,
            Payload = edit.Payload ?? content.Payload,
            Reason = edit.Reason ?? content.Reason,
            EffectiveOn = edit.EffectiveOn ?? open.Row.EffectiveOn,
            DueOn = edit.DueOn ?? open.Row.DueOn,
            Documents =
                edit.Documents
                ?? [.. JsonSerializer.Deserialize<List<Guid>>(open.Row.Documents)!.Select(d => new DocumentId(d))],
        };

    public static IReadOnlyList<string> FieldsOf(RequestedChange change)
    {
        var fields = new List<string>(change.FieldValues.Keys.Order(StringComparer.Ordinal));
        if (change.FieldIdentifiers is not null)
        {
            fields.Add(IdentifierType.Identifiers);
        }

        if (change.ChangesMembers || change is MakeRegistrant { Members.Count: > 0 })
        {
            fields.Add(EditRules.Memberships);
        }

        if (change is Relate)
        {
            fields.Add(EditRules.Relationships);
        }

        if (change is Leave)
        {
            fields.Add(EditRules.Status);
        }

        return fields;
    }

    private IEnumerable<FieldProblem> Faults(NewChangeRequest request)
    {
        var reason = new ValueValidator(catalogue.Current, Today);
        Reasons.CheckGiven(request.Reason, reason);
        foreach (var fault in reason.Problems)
        {
            yield return fault;
        }

        if (!ValueLimits.IsPlausible(request.EffectiveOn))
        {
            yield return new FieldProblem("effectiveOn", "range", "This date cannot be.");
        }

        if (request.DueOn < Today || !ValueLimits.IsPlausible(request.DueOn))
        {
            yield return new FieldProblem("dueOn", "range", "A request is due today or later.");
        }

        if (request.Documents.Count > MostDocuments)
        {
            yield return new FieldProblem("documents", "items", $"At most {MostDocuments} documents.");
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>A person asks about herself, and for what is open to her.</summary>
    private Problem? OfPerson(RequestDraft draft, Caller caller) =>
        caller.Kind != CallerKind.Person ? null
        : draft.Change is not (EditFields or Leave) || draft.Subject?.RegistrantId != caller.Self
            ? ChangeRequestProblems.PersonScope
        : editRules.RefusePerson(
            draft.Kind,
            draft.Change.FieldValues.Keys,
            draft.Change.FieldIdentifiers is not null,
            direct: false
        );

    /// <summary>Documents that none of the records concerned has.</summary>
    private async Task<Problem?> MissingAsync(
        RegistryDbContext db,
        RequestDraft draft,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (draft.Documents.Count == 0)
        {
            return null;
        }

        var parties = draft.Parties(Guid.Empty).Select(p => p.RegistrantId).ToList();
        var admitted = (await rules.AdmittedAsync(db, parties, caller, cancellationToken)).ToList();
        var ids = draft.Documents.Select(d => d.Value).ToList();
        var known = await db
            .Documents.AsNoTracking()
            .Where(d => admitted.Contains(d.RegistrantId) && ids.Contains(d.Id))
            .Select(d => d.Id)
            .ToListAsync(cancellationToken);
        var faults = ids.Index()
            .Where(d => !known.Contains(d.Item))
            .Select(d => new FieldProblem(
                $"documents[{d.Index}]",
                "unknown",
                "None of the records concerned has this document; attach it first."
            ))
            .ToList();
        return faults.Count > 0 ? ChangeRequestProblems.Invalid(faults) : null;
    }

    private static string Printable(string id) =>
        id.Length is > 0 and <= 60 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? id : "?";
}
