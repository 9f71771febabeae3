using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IRelationTypes</c>.</summary>
public abstract class RelationTypesPortTests : PortTests
{
    /// <summary>A type whose code nobody has yet.</summary>
    public static RelationTypeView New(bool symmetric = false)
    {
        var code =
            "care_"
            + string.Concat(Guid.NewGuid().ToString("N").Select(c => (char)('a' + Convert.ToInt32(c.ToString(), 16))));
        return new RelationTypeView
        {
            Code = code,
            Inverse = symmetric ? null : code[5..] + "_by",
            IsSymmetric = symmetric,
            Labels = new Dictionary<string, string> { ["eng"] = "Cares for", ["fra"] = "S'occupe de" },
            InverseLabels = symmetric
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { ["eng"] = "Cared for by" },
            FromKinds = [RegistrantKinds.Individual],
            ToKinds = [RegistrantKinds.Individual],
        };
    }

    [Fact]
    public async Task A_type_is_made_changed_and_retired()
    {
        var type = New();
        var renamed = type with
        {
            Labels = new Dictionary<string, string> { ["eng"] = "Looks after" },
            IsRetired = true,
        };

        var made = (await SaveAsync(type)).Require();
        var changed = (await SaveAsync(renamed)).Require();

        Assert.Equivalent(type, made);
        Assert.Equivalent(renamed, changed);
        Assert.Equivalent(
            renamed,
            (await Ports.RelationTypes.ListAsync(Cancellation)).Single(t => t.Code == type.Code)
        );
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_by_its_name()
    {
        var type = New();
        string[] nobody = [];

        await RefusedAsync(type with { Code = "Care!" }, "code");
        await RefusedAsync(type with { Code = "spouse" }, "code");
        await RefusedAsync(type with { Inverse = "child" }, "code");
        await RefusedAsync(type with { Inverse = null }, "inverse");
        await RefusedAsync(type with { Inverse = type.Code }, "inverse");
        await RefusedAsync(type with { IsSymmetric = true }, "inverse");
        await RefusedAsync(type with { Labels = new Dictionary<string, string> { ["fra"] = "Soin" } }, "labels");
        await RefusedAsync(type with { Labels = new Dictionary<string, string> { ["eng"] = new('x', 201) } }, "labels");
        await RefusedAsync(type with { InverseLabels = new Dictionary<string, string>() }, "inverseLabels");
        await RefusedAsync(type with { FromKinds = nobody }, "fromKinds");
        await RefusedAsync(type with { ToKinds = ["house"] }, "toKinds");
        Assert.DoesNotContain(await Ports.RelationTypes.ListAsync(Cancellation), t => t.Code == type.Code);
    }

    [Fact]
    public async Task Codes_and_inverses_name_one_type()
    {
        var type = New();
        (await SaveAsync(type)).Require();

        Assert.Equal("relation_types.code_taken", (await SaveAsync(New() with { Inverse = type.Code })).Problem?.Code);
        Assert.Equal(
            "relation_types.code_taken",
            (await SaveAsync(New() with { Inverse = type.Inverse })).Problem?.Code
        );
        Assert.Equal("relation_types.code_taken", (await SaveAsync(New() with { Code = type.Inverse! })).Problem?.Code);
    }

    [Fact]
    public async Task A_type_in_use_keeps_its_shape()
    {
        var type = New();
        (await SaveAsync(type)).Require();
        var (a, b) = (await Registrants.StoreAsync(Persons.Amira()), await Registrants.StoreAsync(Persons.Amira()));
        var relation = new NewRelation { Type = type.Code, To = PersonReference.Of(b.Id) };
        (await Ports.Relationships.AddRelationAsync(a.Id, relation, PortCallers.Registrar, Cancellation)).Require();

        var reshaped = await SaveAsync(type with { ToKinds = [RegistrantKinds.Group] });
        var symmetric = await SaveAsync(
            type with
            {
                IsSymmetric = true,
                Inverse = null,
                InverseLabels = new Dictionary<string, string>(),
            }
        );

        Assert.Equal("relation_types.in_use", reshaped.Problem?.Code);
        Assert.Equal("relation_types.in_use", symmetric.Problem?.Code);
        (await SaveAsync(type with { IsRetired = true })).Require();
    }

    [Fact]
    public async Task Every_change_of_a_type_stays_in_its_history()
    {
        var type = New();
        var renamed = type with { Labels = new Dictionary<string, string> { ["eng"] = "Looks after" } };
        var retired = renamed with { IsRetired = true };
        (await SaveAsync(type)).Require();
        (await SaveAsync(renamed)).Require();
        (await SaveAsync(renamed)).Require();
        (
            await Ports.RelationTypes.SaveAsync(retired, PortCallers.Registrar with { Id = "designer" }, Cancellation)
        ).Require();
        (await SaveAsync(renamed)).Require();
        await SaveAsync(type with { Inverse = null });

        var first = (await HistoryAsync(type.Code, new PageRequest(3))).Require();
        var second = (await HistoryAsync(type.Code, new PageRequest(3, first.Next))).Require();

        Assert.Equal(
            [(4, "reopened", "registrar"), (3, "retired", "designer"), (2, "changed", "registrar")],
            first.Items.Select(h => (h.Version, h.Operation, h.By))
        );
        Assert.Equal(
            [(1, "created", "registrar", "api")],
            second.Items.Select(h => (h.Version, h.Operation, h.By, h.Channel))
        );
        Assert.Null(second.Next);
        Assert.Equivalent(type, second.Items[0].State, strict: true);
        Assert.Equivalent(retired, first.Items[1].State, strict: true);
        Assert.Equal(Ports.Clock.GetUtcNow(), first.Items[0].At);
    }

    [Fact]
    public async Task A_history_is_for_those_who_change_types()
    {
        var type = New();
        (await SaveAsync(type)).Require();
        var clerk = PortCallers.Staff("clerk", Permissions.WriteRegistrants, Permissions.ReadRegistrants);

        Assert.Equal("access.forbidden", (await HistoryAsync(type.Code, new PageRequest(), clerk)).Problem?.Code);
        Assert.Equal("relation_types.not_found", (await HistoryAsync("nothing", new PageRequest())).Problem?.Code);
        Assert.Equal("paging.invalid", (await HistoryAsync(type.Code, new PageRequest(501))).Problem?.Code);
        Assert.Equal("paging.invalid", (await HistoryAsync(type.Code, new PageRequest(5, "x"))).Problem?.Code);
    }

    [Fact]
    public async Task Saving_needs_its_permission()
    {
        var clerk = PortCallers.Staff("clerk", Permissions.WriteRegistrants, Permissions.ReadRegistrants);

        var outcome = await Ports.RelationTypes.SaveAsync(New(), clerk, Cancellation);

        Assert.Equal(ProblemKind.Forbidden, outcome.Problem?.Kind);
    }

    private Task<Outcome<RelationTypeView>> SaveAsync(RelationTypeView type) =>
        Ports.RelationTypes.SaveAsync(type, PortCallers.Registrar, Cancellation);

    private Task<Outcome<Page<RelationTypeHistoryView>>> HistoryAsync(
        string code,
        PageRequest page,
        Caller? caller = null
    ) => Ports.RelationTypes.ListHistoryAsync(code, page, caller ?? PortCallers.Registrar, Cancellation);

    private async Task RefusedAsync(RelationTypeView type, string field)
    {
        var problem = (await SaveAsync(type)).Problem;
        Assert.Equal("relation_types.invalid", problem?.Code);
        Assert.Contains(problem!.Fields, f => f.Field == field);
    }
}
