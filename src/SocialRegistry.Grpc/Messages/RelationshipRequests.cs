using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class RelationshipRequests
{
    public static V1.SetParentsRequest ToWire(this ParentsChange change, RegistrantId child)
    {
        var wire = new V1.SetParentsRequest
        {
            ChildId = child.ToString(),
            Parent1 = change.Parent1?.ToWire(),
            Parent2 = change.Parent2?.ToWire(),
            IsAdopted = change.IsAdopted,
            Guardian = change.Guardian?.ToWire(),
            DryRun = change.DryRun,
        };
        if (change.Since is { } since)
        {
            wire.Since = since.ToWire();
        }

        if (change.ExpectedRevision is { } revision)
        {
            wire.ExpectedRevision = revision;
        }

        if (change.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        return wire;
    }

    public static ParentsChange ToRequest(this V1.SetParentsRequest wire) =>
        new()
        {
            Parent1 = wire.Parent1.ToOptional("parent1"),
            Parent2 = wire.Parent2.ToOptional("parent2"),
            IsAdopted = wire.IsAdopted,
            Guardian = wire.Guardian.ToOptional("guardian"),
            Since = wire.HasSince ? wire.Since.ToDate("since") : null,
            ExpectedRevision = wire.HasExpectedRevision ? wire.ExpectedRevision : null,
            Reason = wire.HasReason ? wire.Reason : null,
            DryRun = wire.DryRun,
        };

    public static V1.SetSpousesRequest ToWire(this SpouseChange change)
    {
        var wire = new V1.SetSpousesRequest
        {
            Person1 = change.Person1.ToWire(),
            Person2 = change.Person2.ToWire(),
            IsMarried = change.IsMarried,
            IsSeparated = change.IsSeparated,
            DryRun = change.DryRun,
        };
        if (change.MarriedOn is { } married)
        {
            wire.MarriedOn = married.ToWire();
        }

        if (change.SeparatedOn is { } separated)
        {
            wire.SeparatedOn = separated.ToWire();
        }

        if (change.ExpectedRevision is { } revision)
        {
            wire.ExpectedRevision = revision;
        }

        if (change.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        return wire;
    }

    public static SpouseChange ToRequest(this V1.SetSpousesRequest wire) =>
        new()
        {
            Person1 = wire.Person1.ToView("person1"),
            Person2 = wire.Person2.ToView("person2"),
            IsMarried = wire.IsMarried,
            MarriedOn = wire.HasMarriedOn ? wire.MarriedOn.ToDate("married_on") : null,
            IsSeparated = wire.IsSeparated,
            SeparatedOn = wire.HasSeparatedOn ? wire.SeparatedOn.ToDate("separated_on") : null,
            ExpectedRevision = wire.HasExpectedRevision ? wire.ExpectedRevision : null,
            Reason = wire.HasReason ? wire.Reason : null,
            DryRun = wire.DryRun,
        };

    public static V1.AddRelationRequest ToWire(this NewRelation relation, RegistrantId from)
    {
        var wire = new V1.AddRelationRequest
        {
            FromId = from.ToString(),
            Type = relation.Type,
            To = relation.To.ToWire(),
            DryRun = relation.DryRun,
        };
        relation.IdempotencyKey.IfThere(key => wire.IdempotencyKey = key);
        if (relation.StartedOn is { } started)
        {
            wire.StartedOn = started.ToWire();
        }

        if (relation.EndedOn is { } ended)
        {
            wire.EndedOn = ended.ToWire();
        }

        if (relation.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        return wire;
    }

    public static NewRelation ToRequest(this V1.AddRelationRequest wire) =>
        new()
        {
            Type = wire.Type,
            To = wire.To.ToView("to"),
            StartedOn = wire.HasStartedOn ? wire.StartedOn.ToDate("started_on") : null,
            EndedOn = wire.HasEndedOn ? wire.EndedOn.ToDate("ended_on") : null,
            Reason = wire.HasReason ? wire.Reason : null,
            IdempotencyKey = wire.HasIdempotencyKey ? wire.IdempotencyKey : null,
            DryRun = wire.DryRun,
        };

    /// <summary>Conditions of a call whose message has them apart.</summary>
    public static WriteConditions ToConditions(bool hasExpected, long expected, bool hasKey, string key, bool dryRun) =>
        new()
        {
            ExpectedVersion = hasExpected ? expected : null,
            IdempotencyKey = hasKey ? key : null,
            DryRun = dryRun,
        };

    public static V1.ParentsRow ToWire(this ParentsRow row)
    {
        var wire = new V1.ParentsRow
        {
            Child = row.Child.ToWire(),
            Parent1 = row.Parent1?.ToWire(),
            Parent2 = row.Parent2?.ToWire(),
            Guardian = row.Guardian?.ToWire(),
        };
        if (row.IsAdopted is { } adopted)
        {
            wire.IsAdopted = adopted;
        }

        if (row.Since is { } since)
        {
            wire.Since = since.ToWire();
        }

        return wire;
    }

    public static ParentsRow ToRequest(this V1.ParentsRow wire) =>
        new()
        {
            Child = wire.Child.ToView("child"),
            Parent1 = wire.Parent1.ToOptional("parent1"),
            Parent2 = wire.Parent2.ToOptional("parent2"),
            IsAdopted = wire.HasIsAdopted ? wire.IsAdopted : null,
            Guardian = wire.Guardian.ToOptional("guardian"),
            Since = wire.HasSince ? wire.Since.ToDate("since") : null,
        };

    public static V1.SpousesRow ToWire(this SpouseRow row)
    {
        var wire = new V1.SpousesRow { Person1 = row.Person1.ToWire(), Person2 = row.Person2.ToWire() };
        if (row.IsMarried is { } married)
        {
            wire.IsMarried = married;
        }

        if (row.MarriedOn is { } marriedOn)
        {
            wire.MarriedOn = marriedOn.ToWire();
        }

        if (row.IsSeparated is { } separated)
        {
            wire.IsSeparated = separated;
        }

        if (row.SeparatedOn is { } separatedOn)
        {
            wire.SeparatedOn = separatedOn.ToWire();
        }

        return wire;
    }

    public static SpouseRow ToRequest(this V1.SpousesRow wire) =>
        new()
        {
            Person1 = wire.Person1.ToView("person1"),
            Person2 = wire.Person2.ToView("person2"),
            IsMarried = wire.HasIsMarried ? wire.IsMarried : null,
            MarriedOn = wire.HasMarriedOn ? wire.MarriedOn.ToDate("married_on") : null,
            IsSeparated = wire.HasIsSeparated ? wire.IsSeparated : null,
            SeparatedOn = wire.HasSeparatedOn ? wire.SeparatedOn.ToDate("separated_on") : null,
        };

    public static V1.ImportRelationshipsReply ToWire(this Outcome<ImportedRelationship> outcome) =>
        outcome.Succeeded
            ? new()
            {
                Imported = new V1.ImportedRelationship
                {
                    Action = outcome.Value.Action.ToRelationshipAction(),
                    Revision = outcome.Value.Revision,
                },
            }
            : new() { Problem = outcome.Problem.ToWire() };

    public static Outcome<ImportedRelationship> ToView(this V1.ImportRelationshipsReply wire) =>
        wire.OutcomeCase switch
        {
            V1.ImportRelationshipsReply.OutcomeOneofCase.Imported => new ImportedRelationship(
                wire.Imported.Action.ToView(),
                wire.Imported.Revision
            ),
            V1.ImportRelationshipsReply.OutcomeOneofCase.Problem => wire.Problem.ToView(),
            _ => throw UnreadableMessageException.Of("outcome", "required", "expected imported or problem"),
        };

    private static PersonReference? ToOptional(this V1.PersonReference? wire, string field) =>
        wire is null ? null : wire.ToView(field);
}
