using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Access.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Rights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "population",
                table: "access_partners",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "previous_secret_hash",
                table: "access_partners",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "previous_secret_until",
                table: "access_partners",
                type: "INTEGER",
                nullable: true
            );

            migrationBuilder.AddColumn<bool>(
                name: "retired",
                table: "access_partners",
                type: "INTEGER",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<long>(
                name: "secret_set_at",
                table: "access_partners",
                type: "INTEGER",
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "access_partners",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1L
            );

            migrationBuilder.AddColumn<string>(
                name: "areas",
                table: "access_accounts",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'"
            );

            migrationBuilder.AddColumn<long>(
                name: "code_confirmed_at",
                table: "access_accounts",
                type: "INTEGER",
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "code_secret",
                table: "access_accounts",
                type: "BLOB",
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "code_step",
                table: "access_accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<bool>(
                name: "deactivated",
                table: "access_accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<long>(
                name: "password_set_at",
                table: "access_accounts",
                type: "INTEGER",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "recovery_codes",
                table: "access_accounts",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'"
            );

            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "access_accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1L
            );

            migrationBuilder.CreateTable(
                name: "access_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    target_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    target = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    changes = table.Column<string>(type: "TEXT", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_changes", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "access_roles",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    purposes = table.Column<string>(type: "TEXT", nullable: false),
                    permissions = table.Column<string>(type: "TEXT", nullable: false),
                    @internal = table.Column<string>(name: "internal", type: "TEXT", maxLength: 10, nullable: false),
                    personal = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    sensitive = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                    population = table.Column<string>(type: "TEXT", nullable: true),
                    code_required = table.Column<bool>(type: "INTEGER", nullable: false),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_roles", x => x.name);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_access_changes_target_kind_target",
                table: "access_changes",
                columns: new[] { "target_kind", "target" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "access_changes");

            migrationBuilder.DropTable(name: "access_roles");

            migrationBuilder.DropColumn(name: "population", table: "access_partners");

            migrationBuilder.DropColumn(name: "previous_secret_hash", table: "access_partners");

            migrationBuilder.DropColumn(name: "previous_secret_until", table: "access_partners");

            migrationBuilder.DropColumn(name: "retired", table: "access_partners");

            migrationBuilder.DropColumn(name: "secret_set_at", table: "access_partners");

            migrationBuilder.DropColumn(name: "version", table: "access_partners");

            migrationBuilder.DropColumn(name: "areas", table: "access_accounts");

            migrationBuilder.DropColumn(name: "code_confirmed_at", table: "access_accounts");

            migrationBuilder.DropColumn(name: "code_secret", table: "access_accounts");

            migrationBuilder.DropColumn(name: "code_step", table: "access_accounts");

            migrationBuilder.DropColumn(name: "deactivated", table: "access_accounts");

            migrationBuilder.DropColumn(name: "password_set_at", table: "access_accounts");

            migrationBuilder.DropColumn(name: "recovery_codes", table: "access_accounts");

            migrationBuilder.DropColumn(name: "version", table: "access_accounts");
        }
    }
}
