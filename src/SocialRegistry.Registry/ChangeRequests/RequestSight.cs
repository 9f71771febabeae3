using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>Who may know of a request, and who sees all of it.</summary>
internal sealed class RequestSight(RowRules rules, RequestVault vault, ConsentGate consents, FieldCatalogue catalogue)
{
    public static bool IsMaker(ChangeRequest row, Caller caller) => row.Maker == ChangeRequest.NameOf(caller);

    /// <summary>True when the caller may know of it: its maker, or a reviewer once it is submitted; and its record is among her rows.</summary>
    public async Task<bool> KnowsAsync(
        RegistryDbContext db,
        ChangeRequest row,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var mine = IsMaker(row, caller) && caller.May(Permissions.WriteRequests);
        var reviews =
            caller.May(Permissions.ReviewRequests)
            && caller.Kind != CallerKind.Person
            && row.State != ChangeRequestStates.Draft;
        return (mine || reviews)
            && (
                row.SubjectId is { } subject
                    ? (await rules.AdmittedAsync(db, [subject], caller, cancellationToken)).Contains(subject)
                    : mine || await AdmitsNewAsync(db, row, caller, cancellationToken)
            );
    }

    /// <summary>The same for many, without asking who made them.</summary>
    public async Task<List<ChangeRequest>> InRowsAsync(
        RegistryDbContext db,
        IReadOnlyList<ChangeRequest> rows,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var subjects = rows.Select(r => r.SubjectId).OfType<Guid>().Distinct().ToList();
        var admitted = await rules.AdmittedAsync(db, subjects, caller, cancellationToken);
        var known = new List<ChangeRequest>();
        foreach (var row in rows)
        {
            if (
                row.SubjectId is { } subject
                    ? admitted.Contains(subject)
                    : await AdmitsNewAsync(db, row, caller, cancellationToken)
            )
            {
                known.Add(row);
            }
        }

        return known;
    }

    /// <summary>Why the caller cannot judge the whole of it: parts of it are hidden from her, or lie outside her rows.</summary>
    public async Task<Problem?> BlindAsync(
        RegistryDbContext db,
        ChangeRequest row,
        RequestedChange change,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var covers = await consents.LoadAsync(db, [row.Owner], caller, cancellationToken);
        var of = covers.Gate(ReadGate.OfWriter(caller), row.Owner).Caller;
        var hidden = row.FieldList.Where(f => !Sees(row, change, f, of)).ToList();
        if (hidden.Count > 0)
        {
            return ChangeRequestProblems.FieldsHidden(hidden);
        }

        if (caller.Rows.IsAll)
        {
            return null;
        }

        var parties = await db
            .ChangeRequestParties.AsNoTracking()
            .Where(p => p.RequestId == row.Id)
            .Select(p => p.RegistrantId)
            .ToListAsync(cancellationToken);
        var admitted = await rules.AdmittedAsync(db, parties, caller, cancellationToken);
        return parties.All(admitted.Contains) ? null : ChangeRequestProblems.OutsideRows;
    }

    private bool Sees(ChangeRequest row, RequestedChange change, string field, Caller caller)
    {
        switch (field)
        {
            case EditRules.Status:
                return true;
            case EditRules.Memberships:
                return ReadGate.OfWriter(caller).ShowsMemberships;
            case EditRules.Relationships:
                return ReadGate.ShowsRelationshipsTo(caller);
            case IdentifierType.Identifiers:
                return (change.FieldIdentifiers ?? []).All(i =>
                    catalogue.Current.IdentifierType(i.Type) is { } type
                    && type.IsIn(caller.Fields)
                    && (!type.IsIn(caller.Masked) || caller.May(Permissions.RevealFields))
                );
            default:
                return caller.Fields.Contains(field)
                    && !RecordDraft.IsMasked(caller, field)
                    && (
                        catalogue.Current.Rule(row.SubjectKind, field)?.View.Class != FieldClass.Sensitive
                        || !string.IsNullOrWhiteSpace(caller.Purpose)
                    );
        }
    }

    /// <summary>A record still to be made: by the values that are asked for.</summary>
    private async Task<bool> AdmitsNewAsync(
        RegistryDbContext db,
        ChangeRequest row,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (caller.Rows.IsAll)
        {
            return caller.Kind != CallerKind.Person;
        }

        using var open = await vault.OpenAsync(db, row, cancellationToken);
        return open.Change is { Succeeded: true, Value: MakeRegistrant make }
            && await rules.AdmitsNewAsync(
                CreateRegistrant.NewRecord(make.Kind, make.Values, make.Identifiers),
                caller,
                cancellationToken
            );
    }
}
