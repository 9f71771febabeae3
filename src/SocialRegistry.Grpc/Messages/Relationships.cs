using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Relationships
{
    public static V1.PersonReference ToWire(this PersonReference reference)
    {
        var wire = new V1.PersonReference { Identifier = reference.Identifier?.ToWire() };
        if (reference.Id is { } id)
        {
            wire.Id = id.ToString();
        }

        return wire;
    }

    public static PersonReference ToView(this V1.PersonReference? wire, string field) =>
        wire is null
            ? throw UnreadableMessageException.Of(field, "required", "expected a person")
            : new PersonReference
            {
                Id = wire.HasId ? wire.Id.ToRegistrantId(field) : null,
                Identifier = wire.Identifier?.ToView(),
            };

    public static V1.Parents ToWire(this ParentsView view)
    {
        var wire = new V1.Parents
        {
            ChildId = view.ChildId.ToString(),
            IsAdopted = view.IsAdopted,
            RecordedAt = view.RecordedAt?.ToWire(),
            Revision = view.Revision,
        };
        if (view.Parent1Id is { } first)
        {
            wire.Parent1Id = first.ToString();
        }

        if (view.Parent2Id is { } second)
        {
            wire.Parent2Id = second.ToString();
        }

        if (view.GuardianId is { } guardian)
        {
            wire.GuardianId = guardian.ToString();
        }

        if (view.Since is { } since)
        {
            wire.Since = since.ToWire();
        }

        return wire;
    }

    public static ParentsView ToView(this V1.Parents? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("parents", "required", "expected parents")
            : new ParentsView
            {
                ChildId = wire.ChildId.ToRegistrantId("child_id"),
                Parent1Id = wire.HasParent1Id ? wire.Parent1Id.ToRegistrantId("parent1_id") : null,
                Parent2Id = wire.HasParent2Id ? wire.Parent2Id.ToRegistrantId("parent2_id") : null,
                IsAdopted = wire.IsAdopted,
                GuardianId = wire.HasGuardianId ? wire.GuardianId.ToRegistrantId("guardian_id") : null,
                Since = wire.HasSince ? wire.Since.ToDate("since") : null,
                RecordedAt = wire.RecordedAt is { } moment ? moment.ToMoment("recorded_at") : null,
                Revision = wire.Revision,
            };

    public static V1.Spouses ToWire(this SpouseView view)
    {
        var wire = new V1.Spouses
        {
            Id = view.Id.ToString(),
            Person1Id = view.Person1Id.ToString(),
            Person2Id = view.Person2Id.ToString(),
            IsMarried = view.IsMarried,
            IsSeparated = view.IsSeparated,
            RecordedAt = view.RecordedAt.ToWire(),
            Revision = view.Revision,
            Warnings = { view.Warnings },
        };
        if (view.MarriedOn is { } married)
        {
            wire.MarriedOn = married.ToWire();
        }

        if (view.SeparatedOn is { } separated)
        {
            wire.SeparatedOn = separated.ToWire();
        }

        return wire;
    }

    public static SpouseView ToView(this V1.Spouses? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("spouses", "required", "expected a couple")
            : new SpouseView
            {
                Id = wire.Id.ToUuid("id"),
                Person1Id = wire.Person1Id.ToRegistrantId("person1_id"),
                Person2Id = wire.Person2Id.ToRegistrantId("person2_id"),
                IsMarried = wire.IsMarried,
                MarriedOn = wire.HasMarriedOn ? wire.MarriedOn.ToDate("married_on") : null,
                IsSeparated = wire.IsSeparated,
                SeparatedOn = wire.HasSeparatedOn ? wire.SeparatedOn.ToDate("separated_on") : null,
                RecordedAt = wire.RecordedAt.ToMoment("recorded_at"),
                Revision = wire.Revision,
                Warnings = [.. wire.Warnings],
            };

    public static V1.Relation ToWire(this RelationView view)
    {
        var wire = new V1.Relation
        {
            Id = view.Id.ToString(),
            Type = view.Type,
            FromId = view.FromId.ToString(),
            ToId = view.ToId.ToString(),
            RecordedAt = view.RecordedAt.ToWire(),
            Revision = view.Revision,
        };
        if (view.StartedOn is { } started)
        {
            wire.StartedOn = started.ToWire();
        }

        if (view.EndedOn is { } ended)
        {
            wire.EndedOn = ended.ToWire();
        }

        return wire;
    }

    public static RelationView ToView(this V1.Relation? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("relation", "required", "expected a relation")
            : new RelationView
            {
                Id = wire.Id.ToUuid("id"),
                Type = wire.Type,
                FromId = wire.FromId.ToRegistrantId("from_id"),
                ToId = wire.ToId.ToRegistrantId("to_id"),
                StartedOn = wire.HasStartedOn ? wire.StartedOn.ToDate("started_on") : null,
                EndedOn = wire.HasEndedOn ? wire.EndedOn.ToDate("ended_on") : null,
                RecordedAt = wire.RecordedAt.ToMoment("recorded_at"),
                Revision = wire.Revision,
            };

    public static V1.RelationshipsOf ToWire(this RelationshipsView view) =>
        new()
        {
            RegistrantId = view.RegistrantId.ToString(),
            Parents = view.Parents?.ToWire(),
            Children = { view.Children.Select(c => c.ToString()) },
            Wards = { view.Wards.Select(w => w.ToString()) },
            Spouses = { view.Spouses.Select(ToWire) },
            Relations = { view.Relations.Select(ToWire) },
            Truncated = view.Truncated,
        };

    public static RelationshipsView ToView(this V1.RelationshipsOf wire) =>
        new()
        {
            RegistrantId = wire.RegistrantId.ToRegistrantId("registrant_id"),
            Parents = wire.Parents is null ? null : wire.Parents.ToView(),
            Children = [.. wire.Children.Select(c => c.ToRegistrantId("children"))],
            Wards = [.. wire.Wards.Select(w => w.ToRegistrantId("wards"))],
            Spouses = [.. wire.Spouses.Select(ToView)],
            Relations = [.. wire.Relations.Select(ToView)],
            Truncated = wire.Truncated,
        };

    public static V1.FindRelativesReply ToWire(this RelativesView view) =>
        new() { Items = { view.Items.Select(ToWire) }, Truncated = view.Truncated };

    public static RelativesView ToView(this V1.FindRelativesReply wire) =>
        new([.. wire.Items.Select(ToView)], wire.Truncated);

    private static V1.Relative ToWire(RelativeView view) =>
        new()
        {
            Id = view.Id.ToString(),
            Kind = view.Kind,
            Depth = view.Depth,
            ThroughAdoption = view.ThroughAdoption,
            Path = { view.Path.Select(s => new V1.RelativeStep { Link = s.Link, Id = s.Id.ToString() }) },
        };

    private static RelativeView ToView(V1.Relative wire) =>
        new(
            wire.Id.ToRegistrantId("id"),
            wire.Kind,
            wire.Depth,
            wire.ThroughAdoption,
            [.. wire.Path.Select(s => new RelativeStep(s.Link, s.Id.ToRegistrantId("path")))]
        );
}
