using Xunit;

namespace SocialRegistry.Contracts.Tests;

public sealed class CallerTests
{
    [Fact]
    public void A_scope_holds_what_it_names_and_nothing_else()
    {
        var scope = FieldScope.Of(["given_name"]);

        Assert.True(scope.Contains("given_name"));
        Assert.False(scope.Contains("Given_Name"));
        Assert.False(scope.Contains("surname"));
        Assert.False(scope.IsAll);
    }

    [Fact]
    public void The_scopes_of_all_and_of_none()
    {
        Assert.True(FieldScope.All.Contains("anything"));
        Assert.False(FieldScope.None.Contains("anything"));
    }

    [Fact]
    public void A_caller_begins_with_no_field_and_may_what_it_was_given()
    {
        var caller = new Caller
        {
            Kind = CallerKind.Partner,
            Id = "cash",
            Channel = "dci",
            Permissions = new HashSet<string> { Permissions.ReadRegistrants },
        };

        Assert.True(caller.May(Permissions.ReadRegistrants));
        Assert.False(caller.May(Permissions.WriteRegistrants));
        Assert.Same(FieldScope.None, caller.Fields);
        Assert.Same(FieldScope.None, caller.Filters);
    }

    [Fact]
    public void The_deployment_itself_may_everything_for_a_purpose()
    {
        var system = Caller.System("import", "cli");

        Assert.All(Permissions.All, p => Assert.True(system.May(p)));
        Assert.True(system.Fields.IsAll && system.Filters.IsAll);
        Assert.NotNull(system.Purpose);
    }

    [Fact]
    public void Permissions_all_holds_every_constant()
    {
        var constants = typeof(Permissions).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetValue(null)!);

        Assert.Equal(constants.Order(), Permissions.All.Order());
    }
}
