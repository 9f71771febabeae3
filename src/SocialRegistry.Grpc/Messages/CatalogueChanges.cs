using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class CatalogueChanges
{
    public static V1.FieldName ToWire(this FieldName name)
    {
        var wire = new V1.FieldName { Id = name.Id };
        if (name.Kind is { } kind)
        {
            wire.Kind = kind;
        }

        return wire;
    }

    public static FieldName ToName(this V1.FieldName? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("field", "required", "expected the name of a field")
            : new FieldName(wire.HasKind ? wire.Kind : null, wire.Id);

    public static V1.FieldDraft ToWire(this FieldDraftView view) =>
        new()
        {
            Field = view.Field.ToWire(),
            Changes = view.Changes,
            DraftedBy = view.DraftedBy,
            DraftedAt = view.DraftedAt.ToWire(),
        };

    public static FieldDraftView ToView(this V1.FieldDraft? wire) =>
        wire?.Field is null
            ? throw UnreadableMessageException.Of("draft", "required", "expected a draft")
            : new FieldDraftView
            {
                Field = wire.Field.ToView(),
                Changes = wire.Changes,
                DraftedBy = wire.DraftedBy,
                DraftedAt = wire.DraftedAt.ToMoment("drafted_at"),
            };

    public static V1.PreviewFieldReply ToWire(this FieldEffectView view) =>
        new()
        {
            Kind = view.Kind,
            Id = view.Id,
            Publishable = view.Publishable,
            Records = view.Records,
            Values = view.Values,
            Broken = view.Broken,
            BrokenRecords =
            {
                view.BrokenRecords.Select(b => new V1.BrokenRecord
                {
                    RegistrantId = b.Id.ToString(),
                    Problem = ToWire(b.Problem),
                }),
            },
            Attestations = view.Attestations,
            BuildsIndex = view.BuildsIndex,
            DropsIndex = view.DropsIndex,
            Obstacles = { view.Obstacles.Select(ToWire) },
        };

    public static FieldEffectView ToView(this V1.PreviewFieldReply wire) =>
        new()
        {
            Kind = wire.Kind,
            Id = wire.Id,
            Publishable = wire.Publishable,
            Records = wire.Records,
            Values = wire.Values,
            Broken = wire.Broken,
            BrokenRecords =
            [
                .. wire.BrokenRecords.Select(b => new BrokenRecordView(
                    b.RegistrantId.ToRegistrantId("registrant_id"),
                    ToView(b.Problem)
                )),
            ],
            Attestations = wire.Attestations,
            BuildsIndex = wire.BuildsIndex,
            DropsIndex = wire.DropsIndex,
            Obstacles = [.. wire.Obstacles.Select(ToView)],
        };

    public static V1.FieldStatus ToWire(this FieldStatusView view) =>
        new()
        {
            Kind = view.Kind,
            Id = view.Id,
            Field = view.Field?.ToWire(),
            Draft = view.Draft?.ToWire(),
            Index = view.Index?.ToWire(),
            CatalogueVersion = view.CatalogueVersion,
        };

    public static FieldStatusView ToView(this V1.FieldStatus? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("field", "required", "expected a field")
            : new FieldStatusView
            {
                Kind = wire.Kind,
                Id = wire.Id,
                Field = wire.Field?.ToView(),
                Draft = wire.Draft is null ? null : wire.Draft.ToView(),
                Index = wire.Index is null ? null : wire.Index.ToView(),
                CatalogueVersion = wire.CatalogueVersion,
            };

    public static V1.FieldIndex ToWire(this FieldIndexView view)
    {
        var wire = new V1.FieldIndex
        {
            Kind = view.Kind,
            Field = view.Field,
            State = view.State.ToWire(),
            Attempts = view.Attempts,
            ChangedAt = view.ChangedAt.ToWire(),
        };
        if (view.Error is { } error)
        {
            wire.Error = error;
        }

        return wire;
    }

    public static FieldIndexView ToView(this V1.FieldIndex wire) =>
        new()
        {
            Kind = wire.Kind,
            Field = wire.Field,
            State = wire.State.ToView(),
            Attempts = wire.Attempts,
            ChangedAt = wire.ChangedAt.ToMoment("changed_at"),
            Error = wire.HasError ? wire.Error : null,
        };

    public static V1.ListCatalogueChangesReply ToWire(this Page<CatalogueChangeView> page)
    {
        var wire = new V1.ListCatalogueChangesReply { Items = { page.Items.Select(ToWire) } };
        if (page.Next is { } next)
        {
            wire.Next = next;
        }

        return wire;
    }

    public static Page<CatalogueChangeView> ToView(this V1.ListCatalogueChangesReply wire) =>
        new([.. wire.Items.Select(ToView)], wire.HasNext ? wire.Next : null);

    private static V1.CatalogueChange ToWire(CatalogueChangeView view)
    {
        var wire = new V1.CatalogueChange
        {
            Version = view.Version,
            Operation = view.Operation,
            Subject = view.Subject,
            At = view.At.ToWire(),
            By = view.By,
            Channel = view.Channel,
        };
        if (view.RequestId is { } requestId)
        {
            wire.RequestId = requestId;
        }

        if (view.Before is { } before)
        {
            wire.Before = before;
        }

        if (view.After is { } after)
        {
            wire.After = after;
        }

        return wire;
    }

    private static CatalogueChangeView ToView(V1.CatalogueChange wire) =>
        new()
        {
            Version = wire.Version,
            Operation = wire.Operation,
            Subject = wire.Subject,
            At = wire.At.ToMoment("at"),
            By = wire.By,
            Channel = wire.Channel,
            RequestId = wire.HasRequestId ? wire.RequestId : null,
            Before = wire.HasBefore ? wire.Before : null,
            After = wire.HasAfter ? wire.After : null,
        };

    private static V1.FieldProblem ToWire(FieldProblem problem) =>
        new()
        {
            Field = problem.Field,
            Code = problem.Code,
            Detail = problem.Detail,
        };

    private static FieldProblem ToView(V1.FieldProblem? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("problem", "required", "expected a problem")
            : new FieldProblem(wire.Field, wire.Code, wire.Detail);
}
