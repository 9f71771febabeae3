using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Access.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Truth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "hash",
                schema: "access",
                table: "changes",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.AddColumn<long>(
                name: "number",
                schema: "access",
                table: "changes",
                type: "bigint",
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "previous_hash",
                schema: "access",
                table: "changes",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.CreateIndex(
                name: "IX_changes_number",
                schema: "access",
                table: "changes",
                column: "number",
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_changes_number", schema: "access", table: "changes");

            migrationBuilder.DropColumn(name: "hash", schema: "access", table: "changes");

            migrationBuilder.DropColumn(name: "number", schema: "access", table: "changes");

            migrationBuilder.DropColumn(name: "previous_hash", schema: "access", table: "changes");
        }
    }
}
